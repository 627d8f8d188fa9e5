//! What the prover says it has shown, as something that can be seen to fail on one or two outcomes.
//!
//! Guarantees are read from the tree and written again as results, so that what they say is worked
//! out by the evaluator; the other properties are read from their words and checked by the names of
//! the results. What is said to exist (somebody has a level) fails on no subject and is passed over,
//! where it is denied (nobody has it) it is a claim about everybody.

use std::collections::HashMap;

use assize::Scheme;
use assize::number::Rational;
use assize::outcome::{Outcome, ResultValue};
use assize::prove::{Kind, Property, Verdict};
use assize::syntax::{Block, Direction, ExprId, Guarantee, Kind as Written, Path, Tree, parse};
use assize::text::{Limits, Span};

use crate::subjects::{Asker, Change, Input, names};

/// A claim about everybody.
#[derive(Clone, Debug)]
pub struct Claim {
    /// As the prover says it.
    pub words: String,
    /// What kind of property it comes from.
    pub kind: &'static str,
    pub what: What,
    /// What the second subject has otherwise, where two are compared.
    pub change: Option<Change>,
}

/// What no outcome may show.
#[derive(Clone, Debug)]
pub enum What {
    /// This result is yes.
    Yes(String),
    /// This figure lies below, or above.
    Below(String, Rational),
    Above(String, Rational),
    /// For the second subject this figure is greater, or less, than for the first. A level that
    /// stands earlier is greater.
    Rises(String, Vec<String>),
    Falls(String, Vec<String>),
    /// The second subject has this level.
    SecondHas(String, String),
    /// Somebody has this level.
    Has(String, String),
    /// This consequence follows.
    Follows(String),
    /// Somebody is refused with words that begin like this.
    Refused(String),
    /// Without this stretch of the text something else comes out.
    Matters(Span),
}

impl What {
    /// Whether it is seen on these outcomes; `without` gives what comes out without a stretch.
    pub fn is_seen(
        &self,
        first: &Outcome,
        second: Option<&Outcome>,
        without: &dyn Fn(Span) -> Outcome,
    ) -> bool {
        let compared = |key: &str, levels: &[String]| {
            let (before, after) = (merit(first, key, levels)?, merit(second?, key, levels)?);
            Some(after.cmp(&before))
        };
        match self {
            Self::Yes(key) => result(first, key).and_then(ResultValue::as_flag) == Some(true),
            Self::Below(key, least) => merit(first, key, &[]).is_some_and(|own| own < *least),
            Self::Above(key, most) => merit(first, key, &[]).is_some_and(|own| own > *most),
            Self::Rises(key, levels) => compared(key, levels).is_some_and(|order| order.is_gt()),
            Self::Falls(key, levels) => compared(key, levels).is_some_and(|order| order.is_lt()),
            Self::SecondHas(key, level) => second.is_some_and(|own| has(own, key, level)),
            Self::Has(key, level) => has(first, key, level),
            Self::Follows(shown) => match first {
                Outcome::Ok(scored) => scored
                    .consequences
                    .iter()
                    .any(|fired| fired.label.as_ref().unwrap_or(&fired.name) == shown),
                _ => false,
            },
            Self::Refused(begin) => match first {
                Outcome::Error(refusal) => refusal.message.en.starts_with(begin),
                _ => false,
            },
            Self::Matters(span) => match (first, without(*span)) {
                (Outcome::Ok(one), Outcome::Ok(other)) => one.results != other.results,
                (Outcome::NoResult(one), Outcome::NoResult(other)) => one.reason != other.reason,
                (Outcome::Error(one), Outcome::Error(other)) => one.code != other.code,
                _ => true,
            },
        }
    }
}

fn result<'o>(outcome: &'o Outcome, key: &str) -> Option<&'o ResultValue> {
    match outcome {
        Outcome::Ok(scored) => scored.get(key),
        Outcome::NoResult(_) | Outcome::Error(_) => None,
    }
}

fn has(outcome: &Outcome, key: &str, level: &str) -> bool {
    result(outcome, key).and_then(ResultValue::as_text) == Some(level)
}

/// A figure, or the place of a level: `levels` stand from the best to the worst.
fn merit(outcome: &Outcome, key: &str, levels: &[String]) -> Option<Rational> {
    let value = result(outcome, key)?;
    if let Some(level) = value.as_text() {
        let place = levels.iter().position(|own| own == level)?;
        return Some(-crate::subjects::whole(place));
    }
    value.as_figure().cloned()
}

/// What is claimed about everybody, and the text with the results that show it.
pub struct Claims {
    pub all: Vec<Claim>,
    /// The scheme with a result for each guarantee.
    pub text: String,
    /// How many proved properties are claims about everybody that are not gone through here.
    pub passed_over: usize,
}

/// The claims among the properties of a scheme with this text.
pub fn claims(scheme: &Scheme, text: &str, properties: &[Property], asker: &Asker) -> Claims {
    let tree = parse(text, &Limits::default()).tree;
    let mut reader = Reader {
        scheme,
        text,
        tree: &tree,
        inputs: asker.inputs(),
        properties,
        levels: HashMap::new(),
        results: Vec::new(),
    };
    for property in properties {
        reader.level(property);
    }
    let mut guarantees = Vec::new();
    collect(&tree.scheme.body, &mut guarantees);
    let mut all = Vec::new();
    let mut passed_over = 0;
    for property in properties {
        let own = match (property.kind, &property.verdict) {
            (Kind::Guarantee, Verdict::Proved) => {
                let written = guarantees.iter().find(|(span, _)| *span == property.span);
                written.and_then(|(_, written)| reader.guarantee(written))
            }
            _ if reader.is_about_everybody(property) => reader.property(property),
            _ => continue,
        };
        match own {
            Some(own) => all.extend(own.into_iter().map(|(what, change)| Claim {
                words: format!("{} ({})", property.claim.en, property.verdict.name()),
                kind: property.kind.name(),
                what,
                change,
            })),
            None => passed_over += 1,
        }
    }
    // The results stand before the last brace, so that no other place moves.
    let end = text.rfind(['}', '｝']).unwrap();
    let (body, rest) = text.split_at(end);
    let text = format!("{body}\n{}\n{rest}", reader.results.join("\n"));
    Claims {
        all,
        text,
        passed_over,
    }
}

type Seen = (What, Option<Change>);

struct Reader<'a> {
    scheme: &'a Scheme,
    text: &'a str,
    tree: &'a Tree,
    inputs: Vec<Input>,
    properties: &'a [Property],
    /// The levels of each grade, as the prover lists them.
    levels: HashMap<String, Vec<String>>,
    /// Lines that show guarantees.
    results: Vec<String>,
}

impl Reader<'_> {
    fn level(&mut self, property: &Property) {
        if property.kind != Kind::LevelReachable {
            return;
        }
        let words = property.claim.en.strip_prefix("somebody has ").unwrap();
        for column in self.scheme.results() {
            let key = column.path.join(".");
            let shown = column.label.unwrap_or_else(|| key.clone());
            if let Some(level) = words.strip_prefix(&format!("{shown} ")) {
                let levels = self.levels.entry(key).or_default();
                levels.push(level.to_owned());
            }
        }
    }

    fn is_about_everybody(&self, property: &Property) -> bool {
        match property.kind {
            Kind::WithinMarks
            | Kind::Extent
            | Kind::Direction
            | Kind::Missing
            | Kind::Division
            | Kind::Exhausted
            | Kind::Excludes => property.verdict == Verdict::Proved,
            Kind::LimitActs | Kind::LevelReachable | Kind::ConsequenceFires => {
                property.verdict.is_refuted()
            }
            _ => false,
        }
    }

    fn result(&mut self, expression: &str) -> String {
        let key = format!("spot_{}", self.results.len());
        self.results.push(format!("result {key} = {expression}"));
        key
    }

    fn written(&self, id: ExprId) -> &str {
        self.tree.exprs[id.0 as usize].span.of(self.text)
    }

    fn guarantee(&mut self, guarantee: &Guarantee) -> Option<Vec<Seen>> {
        let broken = match guarantee {
            Guarantee::Within(figure, range) => {
                let figure = self.written(*figure);
                let outside = |bound: &Option<assize::syntax::Bound>, open, closed| {
                    let bound = (*bound)?;
                    let sign = if bound.included { open } else { closed };
                    Some(format!("({figure}) {sign} ({})", self.written(bound.at)))
                };
                let low = outside(&range.low, "<", "<=");
                let high = outside(&range.high, ">", ">=");
                let ends: Vec<String> = low.into_iter().chain(high).collect();
                ends.join(" or ")
            }
            Guarantee::Implies(when, then) => {
                let (when, then) = (self.written(*when), self.written(*then));
                format!("({when}) and not ({then})")
            }
            Guarantee::Always(condition) => format!("not ({})", self.written(*condition)),
            Guarantee::Never {
                figure,
                direction,
                with,
            } => {
                let key = self.result(&joined(figure));
                let what = match direction {
                    Direction::Rises => What::Rises(key, Vec::new()),
                    Direction::Falls => What::Falls(key, Vec::new()),
                };
                return with
                    .iter()
                    .map(|path| Some((what.clone(), Some(Change::More(self.at(path)?)))))
                    .collect();
            }
            Guarantee::NeverGainsByMissing { figure, missing } => {
                let key = self.result(&joined(figure));
                let what = What::Rises(key, Vec::new());
                return missing
                    .iter()
                    .map(|path| Some((what.clone(), Some(Change::Without(self.at(path)?)))))
                    .collect();
            }
            // Each level is asked for by itself; that somebody has it fails on no subject.
            Guarantee::EveryGradeReachable => return Some(Vec::new()),
        };
        let key = self.result(&broken);
        Some(vec![(What::Yes(key), None)])
    }

    fn property(&self, property: &Property) -> Option<Vec<Seen>> {
        let words = property.claim.en.as_str();
        let one = |what| Some(vec![(what, None)]);
        match property.kind {
            Kind::WithinMarks => match words.split_once(" is never above ") {
                Some((shown, most)) => one(What::Above(self.key(shown)?, most.parse().ok()?)),
                None => {
                    let shown = words.strip_suffix(" is never below 0")?;
                    one(What::Below(self.key(shown)?, Rational::ZERO))
                }
            },
            Kind::Extent => {
                let mut ends = Vec::new();
                if let Some((shown, rest)) = words.split_once(" goes from ") {
                    let key = self.key(shown)?;
                    let (low, high) = match rest.split_once(" to ") {
                        Some((low, high)) => (low, Some(high)),
                        None => (rest.split_once(" on ")?.0, None),
                    };
                    ends.push((What::Below(key.clone(), low.parse().ok()?), None));
                    if let Some(high) = high {
                        ends.push((What::Above(key, high.parse().ok()?), None));
                    }
                } else if let Some((shown, rest)) = words.split_once(" goes up to ") {
                    let (high, _) = rest.split_once(" and ")?;
                    ends.push((What::Above(self.key(shown)?, high.parse().ok()?), None));
                }
                Some(ends)
            }
            Kind::Direction => {
                let rest = words.strip_prefix("more ")?;
                let (name, shown, better) = match rest.split_once(" never gives a better ") {
                    Some((name, shown)) => (name, shown, true),
                    None => {
                        let (name, shown) = rest.split_once(" never gives a worse ")?;
                        (name, shown, false)
                    }
                };
                let key = self.key(shown)?;
                let levels = self.best_first(&key);
                let what = if better {
                    What::Rises(key, levels)
                } else {
                    What::Falls(key, levels)
                };
                Some(vec![(what, Some(Change::More(self.input(name)?)))])
            }
            Kind::Missing => {
                let rest = words.strip_prefix("leaving out ")?;
                let (name, shown) = rest.split_once(" never raises ")?;
                let what = What::Rises(self.key(shown)?, Vec::new());
                Some(vec![(what, Some(Change::Without(self.input(name)?)))])
            }
            Kind::Exhausted => {
                let rest = words.strip_prefix("from number ")?;
                let (next, rest) = rest.split_once(" of ")?;
                let (name, rest) = rest.split_once(" on, ")?;
                let shown = rest.strip_suffix(" loses nothing more")?;
                let from = next.parse::<usize>().ok()? - 1;
                let change = Change::MoreFrom(self.input(name)?, from);
                Some(vec![(
                    What::Falls(self.key(shown)?, Vec::new()),
                    Some(change),
                )])
            }
            Kind::Excludes => {
                let (count, rest) = words.split_once(" of ")?;
                let (name, level) = rest.split_once(" already rules out ")?;
                let own = self.levels.iter().filter(|(key, levels)| {
                    levels.iter().any(|own| own == level) && self.best_first(key)[0] == level
                });
                let change = Change::AtLeast(self.input(name)?, count.parse().ok()?);
                let [key] = own
                    .map(|(key, _)| key.clone())
                    .collect::<Vec<_>>()
                    .try_into()
                    .ok()?;
                let what = What::SecondHas(key, level.to_owned());
                Some(vec![(what, Some(change))])
            }
            Kind::LevelReachable => {
                let words = words.strip_prefix("somebody has ")?;
                let found = self.levels.iter().find_map(|(key, levels)| {
                    let level = levels.iter().find(|level| {
                        let shown = words.strip_suffix(level.as_str()).map(str::trim_end);
                        shown.is_some_and(|shown| self.key(shown).as_ref() == Some(key))
                    })?;
                    Some((key.clone(), level.clone()))
                });
                let (key, level) = found?;
                one(What::Has(key, level))
            }
            Kind::ConsequenceFires => {
                let shown = words.strip_suffix(" follows for somebody")?;
                // Where two are called alike, one of them may follow.
                let alike = self
                    .properties
                    .iter()
                    .filter(|own| own.claim == property.claim);
                (alike.count() == 1).then_some(())?;
                one(What::Follows(shown.to_owned()))
            }
            Kind::Division => {
                let begin = words.strip_prefix("nobody is refused because ")?;
                let mut alike = self
                    .properties
                    .iter()
                    .filter(|own| own.claim == property.claim);
                alike
                    .all(|own| own.verdict == Verdict::Proved)
                    .then_some(())?;
                one(What::Refused(format!("{begin} and cannot be divided by")))
            }
            Kind::LimitActs => one(What::Matters(property.span)),
            _ => None,
        }
    }

    /// The name in the results of a figure that people call so.
    fn key(&self, shown: &str) -> Option<String> {
        let columns = self.scheme.results();
        let is_called = |label: &Option<String>, path: &[String]| match label {
            Some(label) => label == shown,
            None => path.join(".") == shown,
        };
        let mut found = columns
            .iter()
            .filter(|own| is_called(&own.label, &own.path));
        match (found.next(), found.next()) {
            (Some(own), None) => Some(own.path.join(".")),
            (None, _) if ["Total", "总分"].contains(&shown) => Some("total".to_owned()),
            _ => None,
        }
    }

    fn input(&self, shown: &str) -> Option<Input> {
        let is_called = |input: &&Input| match &input.field.label {
            Some(label) => label == shown,
            None => input.field.name == shown,
        };
        let mut found = self.inputs.iter().filter(is_called);
        let input = found.next()?;
        found.next().is_none().then(|| input.clone())
    }

    /// The input that a path of the text names.
    fn at(&self, path: &Path) -> Option<Input> {
        let last = path.names.last()?.text.as_str();
        let mut found = self.inputs.iter().filter(|input| {
            input.path.len() == path.names.len() && names(&input.field).contains(&last)
        });
        let input = found.next()?;
        found.next().is_none().then(|| input.clone())
    }

    /// The levels of a grade from the best to the worst: as a choice has them, or as the lines
    /// stand, which begin with the worst where each is open below.
    fn best_first(&self, key: &str) -> Vec<String> {
        let mut levels = self.levels.get(key).cloned().unwrap_or_default();
        if rising(&self.tree.scheme.body, key) {
            levels.reverse();
        }
        levels
    }
}

fn joined(path: &Path) -> String {
    let names: Vec<&str> = path.names.iter().map(|name| name.text.as_str()).collect();
    names.join(".")
}

fn collect<'t>(block: &'t Block, all: &mut Vec<(Span, &'t Guarantee)>) {
    for statement in &block.statements {
        if let Written::Guarantee(guarantee) = &statement.kind {
            all.push((statement.span, guarantee));
        }
    }
}

/// Whether the lines of a grade begin with the worst level and hold no choice of their own.
fn rising(body: &Block, key: &str) -> bool {
    use assize::syntax::{GradeLines, TableBody, Test};
    let is_choice = body
        .statements
        .iter()
        .any(|own| matches!(&own.kind, Written::Choice(choice) if choice.best_first));
    let begins_low = body.statements.iter().any(|own| match &own.kind {
        Written::Grade {
            naming,
            lines: GradeLines::Own(TableBody::Rows { rows, .. }),
            ..
        } => {
            let name = naming.key.as_ref().or(naming.name.as_ref());
            let first = rows.statements.first().map(|row| &row.kind);
            name.map_or("grade", |name| name.text.as_str()) == key
                && matches!(
                    first,
                    Some(Written::Row {
                        test: Test::Below(_) | Test::UpTo(_),
                        ..
                    })
                )
        }
        _ => false,
    });
    begins_low && !is_choice
}
