//! Random groups and items against formulas written from the reference, in big rationals of another
//! make.
//!
//! A scheme text is generated, evaluated by the library, and computed here from the table of
//! missing-data rules (for groups) or line by line (for items). The two share no arithmetic. The
//! random numbers come from a fixed seed, so a failure repeats and prints its scheme.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of a test stand outside the test functions; the numbers of the second computation are unlimited"
)]

mod dice;

use std::fmt::Write as _;

use assize::input::Subject;
use assize::outcome::Outcome;
use assize::{Prepared, check};
use dashu_int::IBig;
use dashu_ratio::RBig;
use dice::Dice;

/// Schemes for each rule, and subjects for each scheme: 300 cases for each rule.
const SCHEMES: usize = 60;
const SUBJECTS: usize = 5;

/// A decimal from 0 to `most` with up to three places, as text.
fn decimal(dice: &mut Dice, most: usize) -> String {
    let thousandths = dice.roll(most * 1000 + 1);
    match dice.roll(3) {
        0 => format!("{}", thousandths / 1000),
        1 => format!("{}.{}", thousandths / 1000, thousandths / 100 % 10),
        _ => format!("{}.{:03}", thousandths / 1000, thousandths % 1000),
    }
}

fn int(value: usize) -> RBig {
    RBig::from(IBig::from(value))
}

/// A decimal or fraction in text as a big rational.
fn exact(text: &str) -> RBig {
    if let Some((above, below)) = text.split_once('/') {
        return exact(above) / exact(below);
    }
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let digits: IBig = format!("{whole}{places}").parse().unwrap();
    let mut value = RBig::from(digits);
    for _ in 0..places.len() {
        value /= int(10);
    }
    value
}

fn prepared(text: &str) -> Prepared {
    let checked = check(text);
    let Some(scheme) = checked.scheme else {
        panic!("{text}\n{:#?}", checked.diagnostics);
    };
    scheme.prepare(Subject::default()).unwrap()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Equally,
    ShareEqually,
    InProportion,
    GiveTo(usize),
    /// The members with a pattern that gives their weights, then `weigh the rest equally`.
    Pattern(usize),
    AsZero,
    AsFull,
    AsPoints,
    FewerThan(usize),
}

struct Member {
    full: usize,
    /// In thousandths of the whole; for marks, the marks.
    weight: usize,
    optional: bool,
    may_not_apply: bool,
}

struct Group {
    members: Vec<Member>,
    by_marks: bool,
    rule: Rule,
    /// What a pattern gives, in percent.
    listed: Vec<usize>,
    points: String,
}

impl Group {
    fn random(dice: &mut Dice, rule: impl Fn(&mut Dice, usize) -> Rule) -> Self {
        let n = 2 + dice.roll(5);
        let rule = rule(dice, n);
        let by_marks = dice.one_in(2);
        let common = *dice.pick(&[10, 50, 100]);
        let mut left = 1000;
        let members = (0..n)
            .map(|index| {
                let last = index + 1 == n;
                let weight = match (last, dice.one_in(8)) {
                    (true, _) => left,
                    (false, true) => 0,
                    (false, false) => dice.roll(left + 1),
                };
                left -= weight;
                let full = if by_marks { 1 + dice.roll(40) } else { common };
                Member {
                    full,
                    weight: if by_marks { full } else { weight },
                    optional: rule != Rule::GiveTo(index),
                    may_not_apply: !matches!(rule, Rule::GiveTo(_) | Rule::Pattern(_))
                        && dice.one_in(4),
                }
            })
            .collect();
        let mut listed = vec![0; n];
        if let Rule::Pattern(missing) = rule {
            let mut left = 100;
            for index in (0..n).filter(|index| *index != missing) {
                listed[index] = dice.roll(left + 1);
                left -= listed[index];
            }
            *listed
                .iter_mut()
                .enumerate()
                .rfind(|(index, _)| *index != missing)
                .unwrap()
                .1 += left;
        }
        Self {
            members,
            by_marks,
            rule,
            listed,
            points: decimal(dice, 10),
        }
    }

    fn text(&self) -> String {
        let mut text = String::from("scheme random {\n    assesses unit every month\n");
        let mut items = String::new();
        for (index, member) in self.members.iter().enumerate() {
            let full = member.full;
            let optional = if member.optional { ", optional" } else { "" };
            writeln!(text, "    input s{index} : points 0..{full}{optional}").unwrap();
            writeln!(items, "    item m{index} out of {full} {{").unwrap();
            if member.may_not_apply {
                writeln!(text, "    input on{index} : flag").unwrap();
                writeln!(items, "        applies when on{index}").unwrap();
            }
            writeln!(items, "        score s{index}").unwrap();
            if member.optional {
                writeln!(items, "        missing => no value").unwrap();
            }
            writeln!(items, "    }}").unwrap();
        }
        if !self.by_marks {
            text.push_str(&items);
        }
        writeln!(text, "    group g {{").unwrap();
        if self.by_marks {
            text.push_str(&items);
        } else {
            for (index, member) in self.members.iter().enumerate() {
                let weight = member.weight;
                writeln!(text, "        {}.{}% of m{index}", weight / 10, weight % 10).unwrap();
            }
        }
        let general = match self.rule {
            Rule::Equally | Rule::Pattern(_) | Rule::FewerThan(_) => "weigh the rest equally",
            Rule::ShareEqually => "share the missing weight equally",
            Rule::InProportion => "share the missing weight in proportion",
            Rule::GiveTo(to) => &format!("give its weight to m{to}"),
            Rule::AsZero => "count as zero",
            Rule::AsFull => "count as full",
            Rule::AsPoints => &format!("count as {}", self.points),
        };
        writeln!(text, "        missing => {general}").unwrap();
        if let Rule::Pattern(missing) = self.rule {
            let listed: Vec<String> = (0..self.members.len())
                .filter(|index| *index != missing)
                .map(|index| format!("m{index} {}%", self.listed[index]))
                .collect();
            writeln!(
                text,
                "        m{missing} missing => weights {{ {} }}",
                listed.join(", ")
            )
            .unwrap();
        }
        if let Rule::FewerThan(least) = self.rule {
            writeln!(text, "        fewer than {least} => no result too_few").unwrap();
        }
        writeln!(text, "        all missing => no result nothing\n    }}").unwrap();
        writeln!(text, "    total {{ missing => no value }}").unwrap();
        for (result, word) in [("weights", "weight of"), ("parts", "part of")] {
            let list: Vec<String> = (0..self.members.len())
                .map(|i| format!("m{i} = {word} m{i}"))
                .collect();
            writeln!(text, "    result {result} {{ {} }}", list.join(", ")).unwrap();
        }
        text + "}\n"
    }

    /// What comes out, from the table of rules: a reason for no result, or the score with weights
    /// and parts; `None` where the group does not apply.
    fn expected(&self, scores: &[Option<String>], applies: &[bool]) -> Expected {
        let all = 0..self.members.len();
        let here: Vec<usize> = all
            .clone()
            .filter(|i| applies[*i] && scores[*i].is_some())
            .collect();
        let gone: Vec<usize> = all
            .clone()
            .filter(|i| applies[*i] && scores[*i].is_none())
            .collect();
        if here.is_empty() && gone.is_empty() {
            return Expected::DoesNotApply;
        }
        let w = |i: usize| int(self.members[i].weight);
        let f = |i: usize| int(self.members[i].full);
        let over = |set: &[usize], of: &dyn Fn(usize) -> RBig| {
            set.iter().fold(RBig::ZERO, |sum, i| sum + of(*i))
        };
        let applying: Vec<usize> = all.clone().filter(|i| applies[*i]).collect();
        let whole = over(&applying, &w);
        let full = if self.by_marks {
            over(&applying, &f)
        } else {
            f(0)
        };
        let missing_weight = &whole - over(&here, &w);
        let n = int(here.len());
        let counts = matches!(self.rule, Rule::AsZero | Rule::AsFull | Rule::AsPoints);
        let mut shifted = vec![RBig::ZERO; self.members.len()];
        if gone.is_empty() {
            here.iter().for_each(|i| shifted[*i] = w(*i));
        } else if matches!(self.rule, Rule::Pattern(missing) if gone == [missing]) {
            here.iter()
                .for_each(|i| shifted[*i] = int(self.listed[*i]) * &whole / int(100));
        } else if here.is_empty() {
            return Expected::NoResult("nothing");
        } else if matches!(self.rule, Rule::FewerThan(least) if here.len() < least) {
            return Expected::NoResult("too_few");
        } else {
            for i in &here {
                shifted[*i] = match self.rule {
                    Rule::Equally | Rule::Pattern(_) | Rule::FewerThan(_) => &whole / &n,
                    Rule::ShareEqually => w(*i) + &missing_weight / &n,
                    Rule::InProportion if over(&here, &w) == RBig::ZERO => RBig::ZERO,
                    Rule::InProportion => w(*i) * &whole / over(&here, &w),
                    Rule::GiveTo(to) if to == *i => w(*i) + &missing_weight,
                    Rule::GiveTo(_) | Rule::AsZero | Rule::AsFull | Rule::AsPoints => w(*i),
                };
            }
            if counts {
                gone.iter().for_each(|i| shifted[*i] = w(*i));
            }
        }
        if shifted.iter().all(|weight| *weight == RBig::ZERO) {
            return Expected::NoResult("nothing");
        }
        let score = |i: usize| match (&scores[i], self.rule) {
            (Some(score), _) if applies[i] => exact(score),
            (None, Rule::AsFull) => f(i),
            (None, Rule::AsPoints) => exact(&self.points),
            _ => RBig::ZERO,
        };
        let parts: Vec<RBig> = all
            .clone()
            .map(|i| &full * &shifted[i] * score(i) / f(i) / &whole)
            .collect();
        Expected::Scored {
            score: parts.iter().fold(RBig::ZERO, |sum, part| sum + part),
            weights: shifted.iter().map(|weight| weight / &whole).collect(),
            parts,
        }
    }
}

#[derive(Debug)]
enum Expected {
    DoesNotApply,
    NoResult(&'static str),
    Scored {
        score: RBig,
        weights: Vec<RBig>,
        parts: Vec<RBig>,
    },
}

fn groups(seed: u64, rule: impl Fn(&mut Dice, usize) -> Rule + Copy) {
    let mut dice = Dice(seed);
    let mut scored = 0;
    for _ in 0..SCHEMES {
        let group = Group::random(&mut dice, rule);
        let text = group.text();
        let prepared = prepared(&text);
        for _ in 0..SUBJECTS {
            let mut subject = Subject::default();
            let mut scores = Vec::new();
            let mut applies = Vec::new();
            for (index, member) in group.members.iter().enumerate() {
                let given = !member.optional || !dice.one_in(3);
                let score = given.then(|| decimal(&mut dice, member.full));
                if let Some(score) = &score {
                    subject = subject.with(format!("s{index}"), score.as_str());
                }
                let on = !member.may_not_apply || !dice.one_in(3);
                if member.may_not_apply {
                    subject = subject.with(format!("on{index}"), on);
                }
                scores.push(score);
                applies.push(on);
            }
            let expected = group.expected(&scores, &applies);
            let outcome = prepared.evaluate(&subject);
            let got = serde_json::to_value(&outcome).unwrap();
            let case = || format!("{text}\n{subject:?}\n{got:#}\n{expected:?}");
            match &expected {
                Expected::NoResult(reason) => assert_eq!(got["reason"], *reason, "{}", case()),
                Expected::DoesNotApply => assert!(
                    got["status"] == "ok" && got["results"]["g"].is_null(),
                    "{}",
                    case()
                ),
                Expected::Scored {
                    score,
                    weights,
                    parts,
                } => {
                    scored += 1;
                    let figure = |value: &serde_json::Value| {
                        exact(value.as_str().unwrap_or_else(|| panic!("{}", case())))
                    };
                    let results = &got["results"];
                    assert_eq!(figure(&results["g"]), *score, "{}", case());
                    for (index, (weight, part)) in weights.iter().zip(parts).enumerate() {
                        let name = format!("m{index}");
                        assert_eq!(figure(&results["weights"][&name]), *weight, "{}", case());
                        assert_eq!(figure(&results["parts"][&name]), *part, "{}", case());
                    }
                }
            }
        }
    }
    assert!(
        scored > SCHEMES * SUBJECTS / 2,
        "most cases have a score: {scored}"
    );
}

#[test]
fn weigh_the_rest_equally() {
    groups(11, |_, _| Rule::Equally);
}

#[test]
fn share_the_missing_weight_equally() {
    groups(12, |_, _| Rule::ShareEqually);
}

#[test]
fn share_the_missing_weight_in_proportion() {
    groups(13, |_, _| Rule::InProportion);
}

#[test]
fn give_its_weight_to() {
    groups(14, |dice, n| Rule::GiveTo(dice.roll(n)));
}

#[test]
fn patterns() {
    groups(15, |dice, n| Rule::Pattern(dice.roll(n)));
}

#[test]
fn count_as_zero() {
    groups(16, |_, _| Rule::AsZero);
}

#[test]
fn count_as_full() {
    groups(17, |_, _| Rule::AsFull);
}

#[test]
fn count_as_points() {
    groups(18, |_, _| Rule::AsPoints);
}

#[test]
fn fewer_than() {
    groups(19, |dice, n| Rule::FewerThan(2 + dice.roll(n - 1)));
}

/// A line of an item, as text and as what it does.
#[derive(Debug)]
enum Line {
    StartAt(String),
    Score,
    Change {
        deduct: bool,
        amount: String,
        per: Option<Per>,
        when: bool,
    },
    MultiplyBy(String),
    NotBelow(String),
    NotAbove(String),
    Round(usize, usize),
}

#[derive(Debug)]
struct Per {
    /// Minutes in units of this size, and how a broken one counts; else a count.
    size: Option<(usize, usize)>,
    beyond: Option<String>,
    at_most: Option<String>,
}

const MODES: [&str; 7] = [
    "half up",
    "half even",
    "half down",
    "up",
    "down",
    "ceiling",
    "floor",
];

impl Line {
    fn random(dice: &mut Dice, first: bool) -> Self {
        if first && !dice.one_in(4) {
            return if dice.one_in(2) {
                Self::Score
            } else {
                Self::StartAt(decimal(dice, 40))
            };
        }
        match dice.roll(10) {
            0 => Self::MultiplyBy(decimal(dice, 2)),
            1 => Self::NotBelow(decimal(dice, 9)),
            2 => Self::NotAbove(decimal(dice, 40)),
            3 => Self::Round(dice.roll(7), dice.roll(3)),
            _ => {
                let counted = !dice.one_in(3);
                let per = counted.then(|| {
                    let size = dice.one_in(2).then(|| (1 + dice.roll(15), dice.roll(3)));
                    Per {
                        beyond: dice.one_in(2).then(|| match size {
                            Some(_) => decimal(dice, 20),
                            None => dice.roll(4).to_string(),
                        }),
                        at_most: dice.one_in(2).then(|| decimal(dice, 12)),
                        size,
                    }
                });
                Self::Change {
                    deduct: !dice.one_in(3),
                    amount: decimal(dice, 5),
                    per,
                    when: dice.one_in(4),
                }
            }
        }
    }

    fn text(&self) -> String {
        match self {
            Self::StartAt(value) => format!("start at {value}"),
            Self::Score => "score raw".to_owned(),
            Self::MultiplyBy(value) => format!("multiply by {value}"),
            Self::NotBelow(value) => format!("not below {value}"),
            Self::NotAbove(value) => format!("not above {value}"),
            Self::Round(mode, 0) => format!("round {} to a whole number", MODES[*mode]),
            Self::Round(mode, places) => format!("round {} to {places} places", MODES[*mode]),
            Self::Change {
                deduct,
                amount,
                per,
                when,
            } => {
                let mut text = format!("{} {amount}", if *deduct { "deduct" } else { "add" });
                if let Some(per) = per {
                    text += &match per.size {
                        None => " per times_late".to_owned(),
                        Some((size, 0)) => format!(" per full {size} of minutes"),
                        Some((size, 1)) => format!(" per started {size} of minutes"),
                        Some((size, _)) => format!(" in proportion per {size} of minutes"),
                    };
                    if let Some(beyond) = &per.beyond {
                        text += &format!(" beyond {beyond}");
                    }
                    if let Some(most) = &per.at_most {
                        text += &format!(" at most {most} points");
                    }
                }
                text + if *when { " when late" } else { "" }
            }
        }
    }

    fn act(&self, value: RBig, subject: &Late) -> RBig {
        match self {
            Self::StartAt(value) => exact(value),
            Self::Score => exact(&subject.raw),
            Self::MultiplyBy(by) => value * exact(by),
            Self::NotBelow(bound) => value.max(exact(bound)),
            Self::NotAbove(bound) => value.min(exact(bound)),
            Self::Round(mode, places) => {
                let unit = (0..*places).fold(RBig::ONE, |unit, _| unit / int(10));
                rounded(&(value / &unit), *mode) * unit
            }
            Self::Change {
                deduct,
                amount,
                per,
                when,
            } => {
                if *when && !subject.late {
                    return value;
                }
                let mut change = exact(amount);
                if let Some(per) = per {
                    let of = match per.size {
                        None => int(subject.times),
                        Some(_) => exact(&subject.minutes),
                    };
                    let free = per.beyond.as_deref().map_or(RBig::ZERO, exact);
                    let mut units = (of - free).max(RBig::ZERO);
                    if let Some((size, broken)) = per.size {
                        units /= int(size);
                        units = match broken {
                            0 => RBig::from(units.floor()),
                            1 => RBig::from(units.ceil()),
                            _ => units,
                        };
                    }
                    change *= units;
                    if let Some(most) = &per.at_most {
                        change = change.min(exact(most));
                    }
                }
                if *deduct {
                    value - change
                } else {
                    value + change
                }
            }
        }
    }
}

/// The whole number that a mode chooses, by the definition of the mode.
fn rounded(value: &RBig, mode: usize) -> RBig {
    let (floor, ceiling) = (value.floor(), value.ceil());
    let negative = *value < RBig::ZERO;
    let (towards, away) = if negative {
        (&ceiling, &floor)
    } else {
        (&floor, &ceiling)
    };
    let half = (value - RBig::from(floor.clone())) * int(2);
    let nearest = |tie: &IBig| match half.cmp(&RBig::ONE) {
        std::cmp::Ordering::Less => floor.clone(),
        std::cmp::Ordering::Greater => ceiling.clone(),
        std::cmp::Ordering::Equal => tie.clone(),
    };
    let even = if &floor % IBig::from(2) == IBig::ZERO {
        &floor
    } else {
        &ceiling
    };
    RBig::from(match MODES[mode] {
        "half up" => nearest(away),
        "half even" => nearest(even),
        "half down" => nearest(towards),
        "up" => away.clone(),
        "down" => towards.clone(),
        "ceiling" => ceiling.clone(),
        _ => floor.clone(),
    })
}

/// The data of one subject of a random item.
struct Late {
    raw: String,
    times: usize,
    minutes: String,
    late: bool,
}

#[test]
fn lines_in_random_order() {
    let mut dice = Dice(20);
    for _ in 0..200 {
        let lines: Vec<Line> = (0..=dice.roll(7))
            .map(|index| Line::random(&mut dice, index == 0))
            .collect();
        let full = (!dice.one_in(3)).then(|| 1 + dice.roll(40));
        let below = full.is_some() && dice.one_in(3);
        let above = full.is_some() && dice.one_in(3);
        let mut text = String::from(
            "scheme random {\n    assesses unit every month\n    input raw : points\n    \
             input times_late : count\n    input minutes : number\n    input late : flag\n    \
             result used = raw + times_late + minutes\n    result was_late = late\n",
        );
        let marks = full.map_or_else(String::new, |full| format!(" out of {full}"));
        writeln!(text, "    item x{marks} {{").unwrap();
        for line in &lines {
            writeln!(text, "        {}", line.text()).unwrap();
        }
        if below {
            writeln!(text, "        may go below zero").unwrap();
        }
        if above {
            writeln!(text, "        may exceed").unwrap();
        }
        text += "    }\n}\n";
        let prepared = prepared(&text);
        for _ in 0..SUBJECTS {
            let sign = if dice.one_in(4) { "-" } else { "" };
            let subject = Late {
                raw: format!("{sign}{}", decimal(&mut dice, 50)),
                times: dice.roll(9),
                minutes: format!("{sign}{}", decimal(&mut dice, 60)),
                late: dice.one_in(2),
            };
            let mut value = lines
                .iter()
                .fold(RBig::ZERO, |value, line| line.act(value, &subject));
            if let Some(full) = full {
                if !below {
                    value = value.max(RBig::ZERO);
                }
                if !above {
                    value = value.min(int(full));
                }
            }
            let given = Subject::new([("raw", subject.raw.as_str())])
                .with("times_late", i64::try_from(subject.times).unwrap())
                .with("minutes", subject.minutes.as_str())
                .with("late", subject.late);
            let Outcome::Ok(scored) = prepared.evaluate(&given) else {
                panic!("{text}\n{given:?}");
            };
            assert_eq!(
                exact(&scored.results["x"].to_string()),
                value,
                "{text}\n{given:?}"
            );
        }
    }
}
