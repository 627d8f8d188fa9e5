//! Verdicts of the prover against all subjects there are: random schemes whose inputs have few
//! values, each subject scored by the evaluator.
//!
//! What is proved must hold for every subject, and what is refuted must fail for one. Lists are an
//! exception: rows may be more than are gone through here, so a refutation there is checked on the
//! subjects that the prover names. The random numbers come from a fixed seed, so a failure repeats
//! and prints its scheme.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of a test stand outside the test functions"
)]

mod dice;

use assize::input::{Given, Subject};
use assize::number::Rational;
use assize::outcome::{Outcome, ResultValue};
use assize::prove::{Effort, Kind, Property, Verdict};
use assize::{Checker, Prepared};
use dice::Dice;

/// How many schemes are tried, from which seed on, and how many regions each search may look at;
/// the variables `SCHEMES`, `FIRST` and `REGIONS` say otherwise, for a longer hunt.
const SCHEMES: u64 = 90;
const FIRST: u64 = 1;
const REGIONS: u64 = 40;
/// The most subjects of a scheme.
const SUBJECTS: usize = 1_000;

/// What data gives for one input.
#[derive(Clone, Debug, PartialEq)]
enum Datum {
    Absent,
    Number(i64),
    Flag(bool),
    /// The place of an option: 0 is the best.
    Option(usize),
    /// A figure for each option, where it is given.
    Map(Vec<Option<i64>>),
    /// Rows of a count and a flag.
    Rows(Vec<(i64, bool)>),
}

const OPTIONS: [&str; 3] = ["aa", "bb", "cc"];

impl Datum {
    fn given(&self) -> Option<Given> {
        Some(match self {
            Self::Absent => return None,
            Self::Number(number) => Given::Number(number.to_string()),
            Self::Flag(flag) => Given::Flag(*flag),
            Self::Option(place) => Given::Text(OPTIONS[*place].to_owned()),
            Self::Map(figures) => {
                let keys = OPTIONS.iter().map(|key| (*key).to_owned());
                let given = keys.zip(figures).filter_map(|(key, own)| {
                    let own = (*own)?;
                    Some((key, Given::Number(own.to_string())))
                });
                Given::Map(given.collect())
            }
            Self::Rows(rows) => Given::List(
                rows.iter()
                    .map(|(count, flag)| {
                        Given::Map(
                            [
                                ("n".to_owned(), Given::Number(count.to_string())),
                                ("b".to_owned(), Given::Flag(*flag)),
                            ]
                            .into_iter()
                            .collect(),
                        )
                    })
                    .collect(),
            ),
        })
    }

    /// Whether this is more than another: one figure of it is greater, or a better option.
    fn is_more(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a > b,
            (Self::Flag(a), Self::Flag(b)) => *a && !*b,
            (Self::Option(a), Self::Option(b)) => a < b,
            (Self::Map(a), Self::Map(b)) => {
                let apart: Vec<_> = a.iter().zip(b).filter(|(a, b)| a != b).collect();
                apart.len() == 1 && apart[0].1.is_some() && apart[0].0 > apart[0].1
            }
            (Self::Rows(a), Self::Rows(b)) => {
                let apart: Vec<_> = a.iter().zip(b).filter(|(a, b)| a != b).collect();
                a.len() == b.len()
                    && apart.len() == 1
                    && apart[0].0.0 > apart[0].1.0
                    && apart[0].0.1 == apart[0].1.1
            }
            _ => false,
        }
    }
}

struct Input {
    name: String,
    values: Vec<Datum>,
}

/// What a guarantee claims, as far as it is checked here.
enum Claim {
    /// A result that is yes breaks it.
    Never(String),
    Moves {
        figure: String,
        up: bool,
        input: usize,
    },
    Missing {
        figure: String,
        input: usize,
    },
    Levels,
}

/// A scheme on its way.
struct Draft {
    dice: Dice,
    head: Vec<String>,
    body: Vec<String>,
    inputs: Vec<Input>,
    /// Figures that always have a value, figures that may lack one, conditions, options.
    figures: Vec<String>,
    optional: Vec<String>,
    conditions: Vec<String>,
    options: Vec<String>,
    maps: Vec<String>,
    lists: Vec<String>,
    tables: Vec<String>,
    claims: Vec<(String, Claim)>,
    next: usize,
}

impl Draft {
    fn name(&mut self, prefix: &str) -> String {
        self.next += 1;
        format!("{prefix}{}", self.next)
    }

    fn input(&mut self, prefix: &str, of: &str, values: Vec<Datum>) -> String {
        let name = self.name(prefix);
        self.head.push(format!("input {name} : {of}"));
        self.inputs.push(Input {
            name: name.clone(),
            values,
        });
        name
    }

    fn subjects(&self) -> usize {
        self.inputs.iter().map(|input| input.values.len()).product()
    }

    fn inputs(&mut self) {
        let numbers = |range: std::ops::RangeInclusive<i64>| range.map(Datum::Number).collect();
        let with = |absent: bool, mut values: Vec<Datum>| {
            if absent {
                values.push(Datum::Absent);
            }
            values
        };
        self.head
            .push("choice level \"档次\" best first { aa, bb, cc }".to_owned());
        let flag = self.input("f", "flag", vec![Datum::Flag(false), Datum::Flag(true)]);
        self.conditions.push(flag.clone());
        while self.subjects() * 5 <= SUBJECTS && self.inputs.len() < 6 {
            match self.dice.roll(14) {
                0 | 1 => {
                    let most = 2 + i64::try_from(self.dice.roll(5)).unwrap();
                    let own = self.input("c", &format!("count up to {most}"), numbers(0..=most));
                    self.figures.push(own);
                }
                2 => {
                    let own = self.input("p", "number -2..2, step 1", numbers(-2..=2));
                    self.figures.push(own);
                }
                3 => {
                    let values = [0, 5, 10].map(Datum::Number).to_vec();
                    let own = self.input("p", "points 0..10, step 5", values);
                    self.figures.push(own);
                }
                4 | 5 => {
                    let values = with(true, [0, 40, 80].map(Datum::Number).to_vec());
                    let own = self.input("o", "points 0..80, step 40, optional", values);
                    self.optional.push(own);
                }
                6 => {
                    let values = with(true, numbers(0..=3));
                    let own = self.input("c", "count up to 3 = 2", values);
                    self.figures.push(own);
                }
                7 => {
                    let other = self.figures.iter().find(|own| own.starts_with('c'));
                    if let Some(other) = other.cloned() {
                        let values = with(true, numbers(0..=4));
                        let own = self.input("c", &format!("count up to 4 = {other}"), values);
                        self.figures.push(own);
                    }
                }
                8 => {
                    let values = with(true, numbers(0..=2));
                    let own = self.input("a", &format!("count up to 2, only when {flag}"), values);
                    self.figures.push(format!("(if {flag} then {own} else 1)"));
                    self.optional.push(own);
                }
                9 => {
                    let values = (0..3).map(Datum::Option).collect();
                    let own = self.input("l", "level", values);
                    self.options.push(own);
                }
                10 => {
                    let values = with(true, (0..3).map(Datum::Option).collect());
                    let own = self.input("w", "level, optional", values);
                    self.options.push(own);
                }
                11 => {
                    let others: Vec<String> = self.figures.clone();
                    let low = others.iter().find(|own| own.starts_with('c'));
                    if let Some(low) = low {
                        let step = if self.dice.one_in(2) { ", step 2" } else { "" };
                        let of = format!("count from {low} up to 5{step}");
                        let own = self.input("c", &of, numbers(0..=5));
                        self.figures.push(own);
                    }
                }
                12 if self.subjects() * 28 <= SUBJECTS => {
                    let default = *self.dice.pick(&["", " = 1", ", optional"]);
                    let mut values = Vec::new();
                    for at in 0..27 {
                        let figures =
                            [at % 3, at / 3 % 3, at / 9].map(|own| (own < 2).then_some(own));
                        // Without a default and required, each key must be given.
                        if !default.is_empty() || figures.iter().all(Option::is_some) {
                            values.push(Datum::Map(figures.to_vec()));
                        }
                    }
                    if !default.is_empty() {
                        values.push(Datum::Absent);
                    }
                    let of = format!("count up to 1 per level{default}");
                    let own = self.input("m", &of, values);
                    if default == ", optional" {
                        self.figures
                            .push(format!("(if given {own} then {own}.aa else 3)"));
                    } else {
                        self.figures.push(format!("{own}.bb"));
                        self.maps.push(own);
                    }
                }
                13 if self.subjects() * 20 <= SUBJECTS && self.lists.is_empty() => {
                    let row = |at: usize| (i64::try_from(at >> 1).unwrap(), at & 1 == 1);
                    let mut values: Vec<Datum> =
                        (0..4).map(|a| Datum::Rows(vec![row(a)])).collect();
                    for two in 0..16 {
                        values.push(Datum::Rows(vec![row(two & 3), row(two >> 2)]));
                    }
                    let of = "list of { n : count up to 1, b : flag }";
                    let own = self.input("r", of, values);
                    self.figures.push(format!("(sum of {own}.n)"));
                    self.figures.push(format!("(count of ({own} where b))"));
                    self.figures.push(format!("(max of {own}.n)"));
                    self.figures.push(format!(
                        "(mean of (p.n for p in {own} where p.b) otherwise 2)"
                    ));
                    self.conditions.push(format!("(every {own} has n >= 1)"));
                    self.lists.push(own);
                }
                _ => {}
            }
        }
    }

    fn literal(&mut self) -> String {
        self.dice
            .pick(&["0", "1", "2", "3", "4", "5", "10", "0.5", "2.5", "40", "-1"])
            .to_string()
    }

    fn figure(&mut self, depth: usize) -> String {
        if depth == 0 || self.dice.one_in(4) {
            let figures = self.figures.clone();
            return match self.dice.roll(6) {
                0 => self.literal(),
                1 if !self.optional.is_empty() => {
                    let own = self.dice.pick(&self.optional.clone()).clone();
                    format!("(if given {own} then {own} else {})", self.literal())
                }
                2 if !self.maps.is_empty() => {
                    let own = self.dice.pick(&self.maps.clone()).clone();
                    match self.dice.roll(4) {
                        0 => format!("{own}.aa"),
                        1 => format!("(max of {own})"),
                        2 => format!("(sum of ({own}[k] * {} for k in level))", self.literal()),
                        _ => format!("(mean of {own})"),
                    }
                }
                _ if figures.is_empty() => self.literal(),
                _ => self.dice.pick(&figures).clone(),
            };
        }
        let depth = depth - 1;
        let (a, b) = (self.figure(depth), self.figure(depth));
        match self.dice.roll(12) {
            0..=2 => format!("({a} {} {b})", self.dice.pick(&["+", "-", "*"])),
            3 => format!("(3 * {a} / ({b}) otherwise {})", self.literal()),
            4 => format!("(3 * {a} / (1 + max of ({b}, 0)))"),
            5 | 6 => format!("(if {} then {a} else {b})", self.condition(depth)),
            7 => {
                let kind = *self
                    .dice
                    .pick(&["min", "max", "mean", "median", "variance", "sum"]);
                let c = self.figure(0);
                format!("({kind} of ({a}, {b}, {c}))")
            }
            8 | 9 => {
                let modes = [
                    "half up",
                    "half even",
                    "half down",
                    "up",
                    "down",
                    "ceiling",
                    "floor",
                ];
                let to = ["to a whole number", "to 1 place", "to a multiple of 2"];
                let (mode, to) = (*self.dice.pick(&modes), *self.dice.pick(&to));
                format!("(round {mode} ({a} / 3) {to})")
            }
            10 if !self.tables.is_empty() => {
                let table = self.dice.pick(&self.tables.clone()).clone();
                format!("({table} of ({a}))")
            }
            _ => format!("({a} - {b})"),
        }
    }

    fn condition(&mut self, depth: usize) -> String {
        let figures = self.figures.clone();
        match self.dice.roll(if depth == 0 { 5 } else { 9 }) {
            0 => self.dice.pick(&self.conditions.clone()).clone(),
            1 if !self.options.is_empty() => {
                let own = self.dice.pick(&self.options.clone()).clone();
                let option = *self.dice.pick(&OPTIONS);
                if own.starts_with('w') {
                    format!("(given {own} and {own} = {option})")
                } else {
                    format!("({own} is one of {option}, cc)")
                }
            }
            2 if !self.optional.is_empty() => {
                format!("given {}", self.dice.pick(&self.optional.clone()))
            }
            1..=4 if !figures.is_empty() => {
                let own = self.dice.pick(&figures).clone();
                let sign = *self.dice.pick(&["<", "<=", ">", ">=", "=", "<>"]);
                format!("({own} {sign} {})", self.dice.roll(5))
            }
            5 => format!(
                "({} and {})",
                self.condition(depth - 1),
                self.condition(depth - 1)
            ),
            6 => format!(
                "({} or {})",
                self.condition(depth - 1),
                self.condition(depth - 1)
            ),
            7 => format!("(not {})", self.condition(depth - 1)),
            8 => format!("({} >= {})", self.figure(depth), self.figure(depth - 1)),
            _ => self.dice.pick(&self.conditions.clone()).clone(),
        }
    }

    fn table(&mut self) {
        let name = self.name("t");
        let figures: Vec<String> = self
            .figures
            .iter()
            .filter(|own| !own.starts_with('('))
            .cloned()
            .collect();
        if figures.is_empty() {
            return;
        }
        let by = self.dice.pick(&figures).clone();
        let (a, b, c) = (self.literal(), self.literal(), self.figure(1));
        let rows = match self.dice.roll(4) {
            0 => format!(
                "table {name} by {by} {{ from 2 => {a}, above 0 => {c}, otherwise => {b} }}"
            ),
            1 => format!(
                "table {name} by {by} {{ below 1 => {c}, below 2 => {a}, otherwise => {b} }}"
            ),
            2 => format!(
                "table {name} by {by} between points {{ -1 => {a}, 2 => {b}, 4 => {a} }} hold the ends"
            ),
            _ => format!("table {name} by {by} between points {{ -1 => {a}, 3 => {b} }} continue"),
        };
        self.body.push(rows);
        self.tables.push(name);
    }

    fn lines(&mut self) -> Vec<String> {
        let mut lines = vec![match self.dice.roll(3) {
            0 => format!("start at {}", self.literal().replace('-', "")),
            _ => format!("score {}", self.figure(2)),
        }];
        for _ in 0..self.dice.roll(3) {
            let when = if self.dice.one_in(3) {
                format!(" when {}", self.condition(1))
            } else {
                String::new()
            };
            lines.push(match self.dice.roll(6) {
                0 => format!("add {}{when}", self.figure(1)),
                1 => format!("deduct {}{when}", self.figure(1)),
                2 => format!("not below {}{when}", self.dice.roll(4)),
                3 => format!("not above {}{when}", 3 + self.dice.roll(6)),
                4 => format!("multiply by {}{when}", self.dice.pick(&["2", "0.5"])),
                _ => "round half up to a whole number".to_owned(),
            });
        }
        lines
    }

    fn item(&mut self) -> (String, bool) {
        let name = self.name("i");
        let mut lines = self.lines();
        if !self.optional.is_empty() && self.dice.one_in(3) {
            let own = self.dice.pick(&self.optional.clone()).clone();
            lines.push(format!("add {own} * 0.1"));
        }
        if self.options.iter().any(|own| own.starts_with('w')) && self.dice.one_in(3) {
            let own = self
                .options
                .iter()
                .find(|own| own.starts_with('w'))
                .unwrap();
            let line = match self.dice.roll(2) {
                0 => format!("score by {own} {{ aa => 9, bb => 4, cc => 1 }}"),
                _ => {
                    let table = format!("{name}t");
                    self.body.insert(0, format!(
                        "table {table} by {own}, {} {{ aa, yes => 7, missing, no => 2, bb or aa, no => 5, otherwise => 1 }}",
                        self.conditions[0]
                    ));
                    format!("score {table} of ({own}, {})", self.conditions[0])
                }
            };
            lines[0] = line;
        }
        let applies = self.dice.one_in(4);
        if applies {
            lines.push(format!("applies when {}", self.condition(1)));
        }
        let rule = *self.dice.pick(&[
            "count as full",
            "count as zero",
            "count as 3",
            "no value",
            "no value",
            "no result",
        ]);
        if rule == "no result" {
            lines.push(format!("missing => no result {name}r \"无\""));
        } else {
            lines.push(format!("missing => {rule}"));
        }
        self.body.push(format!(
            "item {name} out of 10 {{\n{}\n}}",
            lines.join("\n")
        ));
        (name, applies || rule == "no value")
    }

    fn group(&mut self) {
        let name = self.name("g");
        let outer = std::mem::take(&mut self.body);
        let mut members = Vec::new();
        for _ in 0..2 + self.dice.roll(2) {
            members.push(self.item());
        }
        let tables: Vec<String> = self
            .body
            .iter()
            .filter(|line| line.starts_with("table"))
            .cloned()
            .collect();
        let items: Vec<String> = self
            .body
            .iter()
            .filter(|line| line.starts_with("item"))
            .cloned()
            .collect();
        self.body = outer;
        self.body.extend(tables);
        for item in items {
            self.body.push(item);
        }
        let weights = if members.len() == 2 {
            self.dice
                .pick(&[vec![60, 40], vec![100, 0], vec![50, 50]])
                .clone()
        } else {
            self.dice
                .pick(&[vec![40, 40, 20], vec![50, 50, 0], vec![10, 20, 70]])
                .clone()
        };
        let mut lines: Vec<String> = members
            .iter()
            .zip(&weights)
            .map(|((member, _), weight)| format!("{weight}% of {member}"))
            .collect();
        if members.iter().any(|(_, lacks)| *lacks) {
            let (first, second) = (&members[0].0, &members[1].0);
            if members.len() == 3 && self.dice.one_in(2) {
                lines.push(match self.dice.roll(3) {
                    0 => format!("{first} missing => give its weight to {second}"),
                    1 => {
                        let third = &members[2].0;
                        format!("{first} missing => weights {{ {second} 90%, {third} 10% }}")
                    }
                    _ => format!("{first} missing => no value"),
                });
            }
            let rule = self.dice.pick(&[
                "weigh the rest equally",
                "share the missing weight equally",
                "share the missing weight in proportion",
                "count as zero",
                "count as full",
                "count as 4",
                "no value",
            ]);
            lines.push(format!("missing => {rule}"));
            if self.dice.one_in(2) {
                let rule = self.dice.pick(&["count as zero", "no value", "count as 5"]);
                lines.push(format!("all missing => {rule}"));
            }
        }
        self.body.push(format!(
            "group {name} out of 10 {{\nmay exceed\n{}\n}}",
            lines.join("\n")
        ));
    }

    fn text(&mut self) -> String {
        self.inputs();
        for _ in 0..self.dice.roll(3) {
            self.table();
        }
        for _ in 0..self.dice.roll(3) {
            let name = self.name("x");
            let figure = self.figure(3);
            self.body.push(format!("let {name} = {figure}"));
            self.figures.push(name);
        }
        if self.dice.one_in(2) {
            self.group();
        }
        for _ in 0..1 + self.dice.roll(2) {
            self.item();
        }
        if self.dice.one_in(2) {
            let adjust = match self.dice.roll(3) {
                0 => format!("\nwhen {} => one step lower", self.condition(1)),
                1 => format!("\nwhen {} => no better than Q2", self.condition(1)),
                _ => String::new(),
            };
            self.body.push(format!(
                "grade \"等次\" by total {{\nfrom 8 => Q1\nfrom 2.5 => Q2\notherwise => Q3{adjust}\n}}"
            ));
            self.claims
                .push(("guarantee every grade reachable".to_owned(), Claim::Levels));
        }
        if self.dice.one_in(4) {
            let when = self.condition(1);
            self.body.push(format!("no result halt \"停\" when {when}"));
        }
        if self.dice.one_in(4) {
            let (a, b) = (self.condition(1), self.condition(1));
            let field = self.inputs[0].name.clone();
            self.body
                .push(format!("refuse range {field} when {a} and {b}"));
        }
        self.guarantees();
        let claims: Vec<String> = self.claims.iter().map(|(text, _)| text.clone()).collect();
        format!(
            "scheme random \"随机\" {{\n{}\n{}\n{}\n}}\n",
            self.head.join("\n"),
            self.body.join("\n"),
            claims.join("\n")
        )
    }

    fn guarantees(&mut self) {
        let mut figures: Vec<String> = self
            .body
            .iter()
            .filter_map(|line| {
                let mut words = line.split_whitespace();
                let kind = words.next()?;
                matches!(kind, "item" | "group").then(|| words.next().unwrap().to_owned())
            })
            .collect();
        figures.extend(["total".to_owned(), "total".to_owned()]);
        for number in 0..7 {
            let figure = self.dice.pick(&figures).clone();
            let limit = *self
                .dice
                .pick(&["0", "2", "2.5", "5", "8", "10", "15", "20"]);
            match self.dice.roll(7) {
                0 | 1 => {
                    let sign = *self.dice.pick(&[">=", "<=", "<", ">"]);
                    self.claim(number, &format!("{figure} {sign} {limit}"));
                }
                2 => {
                    let condition = self.condition(1);
                    let sign = *self.dice.pick(&[">=", "<="]);
                    let holds = format!("(not {condition}) or {figure} {sign} {limit}");
                    let text = format!("guarantee {condition} implies {figure} {sign} {limit}");
                    self.claim(number, &holds);
                    self.claims.last_mut().unwrap().0 = text;
                }
                3 => {
                    let figure = self.figure(2);
                    let sign = *self.dice.pick(&[">=", "<=", "<>"]);
                    let literal = self.literal();
                    self.claim(number, &format!("{figure} {sign} {literal}"));
                }
                4 | 5 => {
                    let input = self.dice.roll(self.inputs.len());
                    let up = self.dice.one_in(2);
                    let moves = if up { "falls" } else { "rises" };
                    let name = &self.inputs[input].name;
                    let text = format!("guarantee {figure} never {moves} with {name}");
                    self.claims.push((text, Claim::Moves { figure, up, input }));
                }
                _ => {
                    let absent = |input: &Input| input.values.contains(&Datum::Absent);
                    let inputs: Vec<usize> = (0..self.inputs.len())
                        .filter(|at| absent(&self.inputs[*at]))
                        .collect();
                    if !inputs.is_empty() {
                        let input = *self.dice.pick(&inputs);
                        let name = &self.inputs[input].name;
                        let text = format!("guarantee {figure} never gains by missing {name}");
                        self.claims.push((text, Claim::Missing { figure, input }));
                    }
                }
            }
        }
    }

    fn claim(&mut self, number: usize, holds: &str) {
        let key = format!("q{number}");
        self.body.push(format!("result {key} = not ({holds})"));
        self.claims
            .push((format!("guarantee {holds}"), Claim::Never(key)));
    }
}

/// All subjects of a scheme, and what comes of them.
struct All<'a> {
    inputs: &'a [Input],
    outcomes: Vec<Outcome>,
}

impl<'a> All<'a> {
    fn of(inputs: &'a [Input], scheme: &Prepared) -> Self {
        let count = inputs.iter().map(|input| input.values.len()).product();
        let outcomes = (0..count)
            .map(|index| {
                let mut subject = Subject::default();
                let mut left = index;
                for input in inputs {
                    let value = &input.values[left % input.values.len()];
                    left /= input.values.len();
                    if let Some(given) = value.given() {
                        subject.values.insert(input.name.clone(), given);
                    }
                }
                scheme.evaluate(&subject)
            })
            .collect();
        Self { inputs, outcomes }
    }

    fn figure(&self, index: usize, key: &str) -> Option<&Rational> {
        figure(&self.outcomes[index], key)
    }

    /// Pairs of subjects that differ in one input: the index of the first, and what both give there.
    fn pairs(&self, input: usize, apart: impl Fn(&Datum, &Datum) -> bool) -> Vec<(usize, usize)> {
        let width: usize = self.inputs[..input]
            .iter()
            .map(|input| input.values.len())
            .product();
        let values = &self.inputs[input].values;
        let mut pairs = Vec::new();
        for index in 0..self.outcomes.len() {
            let own = index / width % values.len();
            for (other, value) in values.iter().enumerate() {
                if apart(&values[own], value) {
                    pairs.push((index, index - own * width + other * width));
                }
            }
        }
        pairs
    }

    /// Whether a claim holds for all of them.
    fn keep(&self, claim: &Claim) -> bool {
        let all = 0..self.outcomes.len();
        let mut each = all.clone();
        match claim {
            Claim::Never(key) => each.all(|index| !is_yes(&self.outcomes[index], key)),
            Claim::Levels => ["Q1", "Q2", "Q3"].iter().all(|level| {
                all.clone().any(|index| match &self.outcomes[index] {
                    Outcome::Ok(scored) => {
                        scored.get("grade").and_then(ResultValue::as_text) == Some(level)
                    }
                    _ => false,
                })
            }),
            Claim::Moves { figure, up, input } => {
                let pairs = self.pairs(*input, |before, after| after.is_more(before));
                pairs.into_iter().all(|(before, after)| {
                    match (self.figure(before, figure), self.figure(after, figure)) {
                        (Some(before), Some(after)) if *up => after >= before,
                        (Some(before), Some(after)) => after <= before,
                        _ => true,
                    }
                })
            }
            Claim::Missing { figure, input } => {
                let pairs = self.pairs(*input, |before, after| {
                    *before != Datum::Absent && *after == Datum::Absent
                });
                pairs.into_iter().all(|(before, after)| {
                    match (self.figure(before, figure), self.figure(after, figure)) {
                        (Some(before), Some(after)) => after <= before,
                        _ => true,
                    }
                })
            }
        }
    }
}

impl All<'_> {
    /// Whether what is asked of every scheme holds for all of them, read from its words; none where
    /// that is not gone through here.
    fn keep_property(&self, property: &Property) -> Option<bool> {
        let words = property.claim.en.as_str();
        let key = |shown: &str| {
            if shown == "总分" {
                "total".to_owned()
            } else {
                shown.to_owned()
            }
        };
        let figures = |shown: &str| {
            let key = key(shown);
            (0..self.outcomes.len()).filter_map(move |index| self.figure(index, &key).cloned())
        };
        match property.kind {
            Kind::WithinMarks => {
                if let Some(shown) = words.strip_suffix(" is never below 0") {
                    return Some(figures(shown).all(|value| !value.is_negative()));
                }
                let (shown, most) = words.split_once(" is never above ")?;
                let most: Rational = most.parse().unwrap();
                Some(figures(shown).all(|value| value <= most))
            }
            Kind::LevelReachable => {
                let level = words.rsplit(' ').next()?;
                Some(self.outcomes.iter().any(|outcome| match outcome {
                    Outcome::Ok(scored) => {
                        scored.get("grade").and_then(ResultValue::as_text) == Some(level)
                    }
                    _ => false,
                }))
            }
            Kind::Missing => {
                let rest = words.strip_prefix("leaving out ")?;
                let (name, shown) = rest.split_once(" never raises ")?;
                let input = self.inputs.iter().position(|own| own.name == name)?;
                Some(self.keep(&Claim::Missing {
                    figure: key(shown),
                    input,
                }))
            }
            Kind::Division => {
                let rest = words.strip_prefix("nobody is refused because ")?;
                let begin = format!("{rest} and cannot be divided by");
                Some(!self.outcomes.iter().any(|outcome| match outcome {
                    Outcome::Error(refusal) => refusal.message.en.starts_with(&begin),
                    _ => false,
                }))
            }
            _ => None,
        }
    }
}

fn figure<'o>(outcome: &'o Outcome, key: &str) -> Option<&'o Rational> {
    match outcome {
        Outcome::Ok(scored) => match scored.get(key) {
            Some(ResultValue::Count(value) | ResultValue::Figure(value)) => Some(value),
            _ => None,
        },
        _ => None,
    }
}

fn is_yes(outcome: &Outcome, key: &str) -> bool {
    match outcome {
        Outcome::Ok(scored) => scored.get(key) == Some(&ResultValue::Flag(true)),
        _ => false,
    }
}

/// Whether the subjects that the prover names break a claim.
fn is_broken(scheme: &Prepared, claim: &Claim, subjects: &[Subject]) -> bool {
    let outcomes: Vec<Outcome> = subjects.iter().map(|own| scheme.evaluate(own)).collect();
    match (claim, outcomes.as_slice()) {
        (Claim::Never(key), [one]) => is_yes(one, key),
        (
            Claim::Moves {
                figure: key, up, ..
            },
            [one, two],
        ) => match (figure(one, key), figure(two, key)) {
            (Some(before), Some(after)) => {
                if *up {
                    after < before
                } else {
                    after > before
                }
            }
            _ => false,
        },
        (Claim::Missing { figure: key, .. }, [one, two]) => {
            matches!((figure(one, key), figure(two, key)), (Some(a), Some(b)) if b > a)
        }
        _ => false,
    }
}

/// What one scheme gave: schemes tried, claims proved, refuted and undecided.
#[derive(Debug, Default)]
struct Counts {
    schemes: usize,
    proved: usize,
    refuted: usize,
    undecided: usize,
    wrong: Vec<String>,
}

fn try_one(seed: u64, effort: Effort, counts: &mut Counts) {
    let mut draft = Draft {
        dice: Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
        head: Vec::new(),
        body: Vec::new(),
        inputs: Vec::new(),
        figures: Vec::new(),
        optional: Vec::new(),
        conditions: Vec::new(),
        options: Vec::new(),
        maps: Vec::new(),
        lists: Vec::new(),
        tables: Vec::new(),
        claims: Vec::new(),
        next: 0,
    };
    draft.dice.roll(2);
    let text = draft.text();
    let checked = Checker::new().effort(Effort { regions: 0 }).check(&text);
    // Some texts are refused by the checks; others stand for them.
    let Some(scheme) = checked.scheme else {
        return;
    };
    let prepared = scheme.prepare(Subject::default()).unwrap();
    let all = All::of(&draft.inputs, &prepared);
    // What is asked of every scheme is asked of some.
    let proofs = if seed.is_multiple_of(4) {
        scheme.prove(effort)
    } else {
        scheme.prove_guarantees(effort)
    };
    for property in &proofs.properties {
        let holds = match all.keep_property(property) {
            Some(holds) if draft.lists.is_empty() => holds,
            _ => continue,
        };
        let wrong = match &property.verdict {
            Verdict::Proved => !holds,
            Verdict::Refuted(_) => holds,
            Verdict::Undecided => false,
        };
        if wrong {
            counts.wrong.push(format!(
                "seed {seed}: {} is said to be {:?}\n{text}",
                property.claim.en, property.verdict
            ));
        }
    }
    let properties: Vec<&Property> = proofs
        .properties
        .iter()
        .filter(|property| property.kind == Kind::Guarantee)
        .collect();
    assert_eq!(properties.len(), draft.claims.len(), "{text}");
    counts.schemes += 1;
    for (property, (written, claim)) in properties.into_iter().zip(&draft.claims) {
        let holds = all.keep(claim);
        let fits = match &property.verdict {
            Verdict::Proved => {
                counts.proved += 1;
                // Grades may be reached with more rows than are gone through here.
                holds || (matches!(claim, Claim::Levels) && !draft.lists.is_empty())
            }
            Verdict::Refuted(found) => {
                counts.refuted += 1;
                let shown = found
                    .as_ref()
                    .is_none_or(|found| is_broken(&prepared, claim, &found.subjects));
                shown && (!holds || !draft.lists.is_empty())
            }
            Verdict::Undecided => {
                counts.undecided += 1;
                true
            }
        };
        if !fits {
            counts.wrong.push(format!(
                "seed {seed}: {written} is said to be {:?}, and {} of all subjects\n{text}",
                property.verdict,
                if holds { "holds" } else { "fails" }
            ));
        }
    }
}

#[test]
fn verdicts_agree_with_all_subjects() {
    let set =
        |name: &str, usual: u64| std::env::var(name).map_or(usual, |set| set.parse().unwrap());
    let schemes = set("SCHEMES", SCHEMES);
    let first = set("FIRST", FIRST);
    let effort = Effort {
        regions: u32::try_from(set("REGIONS", REGIONS)).unwrap(),
    };
    let mut counts = Counts::default();
    for seed in first..first + schemes {
        try_one(seed, effort, &mut counts);
    }
    println!(
        "{} schemes: {} proved, {} refuted, {} undecided",
        counts.schemes, counts.proved, counts.refuted, counts.undecided
    );
    assert!(counts.wrong.is_empty(), "{}", counts.wrong.join("\n\n"));
    // Most texts are sound, and most of their claims are decided.
    assert!(counts.schemes * 3 >= usize::try_from(schemes).unwrap());
    assert!(counts.undecided * 3 < counts.proved + counts.refuted);
}
