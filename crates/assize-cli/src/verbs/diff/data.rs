//! The same data scored by two schemes, row beside row.
//!
//! A row is the same subject in both by its name and period, and by its place among rows of one
//! name. Only results that both schemes have are compared: one that came or went differs for
//! everybody, and is told among the changes. Every row is counted once.

use std::collections::{BTreeMap, VecDeque};

use assize::Scheme;
use assize::number::Rational;
use assize::outcome::{Fired, NoResult, Outcome, Refusal, ResultValue, Scored};
use assize::text::Words;
use indexmap::IndexMap;

use crate::subjects::Answer;
use crate::words::words;

/// What differs for the subjects.
pub struct Comparison {
    /// The scheme as it was.
    pub old: Scheme,
    /// The scheme as it is to be.
    pub new: Scheme,
    /// The results that both have: their names before and now, and what people call them.
    shared: Vec<(String, String, Option<String>)>,
    shown: usize,
    waiting_old: Waiting,
    waiting_new: Waiting,
    /// How many came out in one way before and in one way now.
    pub ways: BTreeMap<(Way, Way), u64>,
    /// Of those that came out in the same way, how many differ.
    pub other_results: BTreeMap<Way, u64>,
    /// The first that differ.
    pub affected: Vec<Affected>,
    /// Money by the names of consequences: before and now.
    pub consequences: IndexMap<String, (Rational, Rational)>,
    /// Money by the names of results.
    pub results: IndexMap<String, (Rational, Rational)>,
}

/// Rows of one scheme that wait for their like of the other, by name and period.
type Waiting = IndexMap<(String, Option<String>), VecDeque<Answer>>;

/// How a subject comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Scored.
    Scored,
    /// Without result.
    NoResult,
    /// Refused.
    Refused,
    /// Not among the subjects.
    Absent,
}

/// A subject for whom something differs.
pub struct Affected {
    /// The subject.
    pub name: String,
    /// The period, where it is given.
    pub period: Option<String>,
    /// What came out before.
    pub old: Option<Outcome>,
    /// What comes out now.
    pub new: Option<Outcome>,
    /// What differs, line by line.
    pub lines: Vec<Line>,
}

/// One thing that differs for a subject.
pub struct Line {
    /// What it is.
    pub what: Words,
    /// Before.
    pub old: Option<Words>,
    /// Now.
    pub new: Option<Words>,
}

impl Way {
    const fn of(outcome: Option<&Outcome>) -> Self {
        match outcome {
            Some(Outcome::Ok(_)) => Self::Scored,
            Some(Outcome::NoResult(_)) => Self::NoResult,
            Some(Outcome::Error(_)) => Self::Refused,
            None => Self::Absent,
        }
    }

    /// The name in data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scored => "ok",
            Self::NoResult => "no_result",
            Self::Refused => "error",
            Self::Absent => "absent",
        }
    }

    /// What people call it.
    pub fn words(self) -> Words {
        match self {
            Self::Scored => words!("scored", "已评分"),
            Self::NoResult => words!("without result", "不出具结果"),
            Self::Refused => words!("refused", "拒收"),
            Self::Absent => words!("not there", "不在其中"),
        }
    }
}

impl Comparison {
    /// Nothing scored yet. `renamed` are the results that have another name now.
    pub fn new(
        old: &Scheme,
        new: &Scheme,
        renamed: &BTreeMap<String, String>,
        shown: usize,
    ) -> Self {
        let mut shared: Vec<(String, String, Option<String>)> = Vec::new();
        let new_columns = new.results();
        // Consequences have lines of their own.
        let is_consequence = |name: &str| {
            let mut all = old.consequences().chain(new.consequences());
            all.any(|own| own == name)
        };
        for column in old.results() {
            let Some(name) = column.path.first() else {
                continue;
            };
            let label = column.label.filter(|_| column.path.len() == 1);
            let now = renamed.get(name).unwrap_or(name);
            if !shared.iter().any(|(known, ..)| known == name)
                && !is_consequence(name)
                && new_columns.iter().any(|new| new.path.first() == Some(now))
            {
                shared.push((name.clone(), now.clone(), label));
            }
        }
        Self {
            old: old.clone(),
            new: new.clone(),
            shared,
            shown,
            waiting_old: Waiting::new(),
            waiting_new: Waiting::new(),
            ways: BTreeMap::new(),
            other_results: BTreeMap::new(),
            affected: Vec::new(),
            consequences: IndexMap::new(),
            results: IndexMap::new(),
        }
    }

    /// Takes the next row of each scheme.
    pub fn take(&mut self, old: Option<Answer>, new: Option<Answer>) {
        if let (Some(one), Some(other)) = (&old, &new)
            && (&one.name, &one.period) == (&other.name, &other.period)
            && self.waiting_old.is_empty()
            && self.waiting_new.is_empty()
        {
            self.pair(old, new);
            return;
        }
        if let Some(old) = old {
            match next_of(&mut self.waiting_new, &old) {
                Some(new) => self.pair(Some(old), Some(new)),
                None => wait(&mut self.waiting_old, old),
            }
        }
        if let Some(new) = new {
            match next_of(&mut self.waiting_old, &new) {
                Some(old) => self.pair(Some(old), Some(new)),
                None => wait(&mut self.waiting_new, new),
            }
        }
    }

    /// Nothing more comes: those that still wait are in one scheme only.
    pub fn end(&mut self) {
        for answer in std::mem::take(&mut self.waiting_old)
            .into_values()
            .flatten()
        {
            self.pair(Some(answer), None);
        }
        for answer in std::mem::take(&mut self.waiting_new)
            .into_values()
            .flatten()
        {
            self.pair(None, Some(answer));
        }
    }

    /// What people call a result or consequence, where it has a label.
    pub fn called(&self, name: &str) -> String {
        let mut columns = self.new.results().into_iter().chain(self.old.results());
        let column = columns.find(|column| column.path.join(".") == name);
        let label = column.and_then(|column| column.label);
        label.unwrap_or_else(|| name.to_owned())
    }

    /// All subjects.
    pub fn all(&self) -> u64 {
        self.ways.values().copied().fold(0, u64::saturating_add)
    }

    /// The subjects for whom something differs.
    pub fn differ(&self) -> u64 {
        let other_way = self.ways.iter().filter(|((old, new), _)| old != new);
        let counts = other_way.map(|(_, count)| *count);
        counts
            .chain(self.other_results.values().copied())
            .fold(0, u64::saturating_add)
    }

    fn pair(&mut self, old: Option<Answer>, new: Option<Answer>) {
        let Some((name, period)) = old
            .as_ref()
            .or(new.as_ref())
            .map(|answer| (answer.name.clone(), answer.period.clone()))
        else {
            return;
        };
        let (old, new) = (old.map(|one| one.outcome), new.map(|one| one.outcome));
        self.add_money(old.as_ref(), new.as_ref());
        let ways = (Way::of(old.as_ref()), Way::of(new.as_ref()));
        let count = self.ways.entry(ways).or_insert(0);
        *count = count.saturating_add(1);
        let lines = self.lines(old.as_ref(), new.as_ref());
        if lines.is_empty() {
            return;
        }
        if ways.0 == ways.1 {
            let count = self.other_results.entry(ways.0).or_insert(0);
            *count = count.saturating_add(1);
        }
        if self.affected.len() < self.shown {
            self.affected.push(Affected {
                name,
                period,
                old,
                new,
                lines,
            });
        }
    }

    fn add_money(&mut self, old: Option<&Outcome>, new: Option<&Outcome>) {
        let money = |scheme: &Scheme, outcome: Option<&Outcome>| match outcome {
            Some(Outcome::Ok(scored)) => scheme.money(scored),
            _ => assize::outcome::Money::default(),
        };
        let (old, new) = (money(&self.old, old), money(&self.new, new));
        let nothing = || (Rational::ZERO, Rational::ZERO);
        for (sums, old, new) in [
            (&mut self.consequences, old.consequences, new.consequences),
            (&mut self.results, old.results, new.results),
        ] {
            for (name, sum) in old {
                let entry = sums.entry(name).or_insert_with(nothing);
                entry.0 = &entry.0 + &sum;
            }
            for (name, sum) in new {
                let entry = sums.entry(name).or_insert_with(nothing);
                entry.1 = &entry.1 + &sum;
            }
        }
    }

    /// What differs between two outcomes.
    fn lines(&self, old: Option<&Outcome>, new: Option<&Outcome>) -> Vec<Line> {
        let mut lines = Vec::new();
        let is_same = match (old, new) {
            (Some(Outcome::Ok(_)), Some(Outcome::Ok(_))) => true,
            (Some(Outcome::NoResult(old)), Some(Outcome::NoResult(new))) => {
                old.reason == new.reason
            }
            (Some(Outcome::Error(old)), Some(Outcome::Error(new))) => {
                (old.code, &old.field) == (new.code, &new.field)
            }
            _ => false,
        };
        if !is_same {
            lines.push(Line {
                what: words!("status", "状态"),
                old: Some(status(old)),
                new: Some(status(new)),
            });
        }
        let scored = |outcome: Option<&Outcome>| match outcome {
            Some(Outcome::Ok(scored)) => scored.clone(),
            _ => Scored::default(),
        };
        let (old, new) = (scored(old), scored(new));
        for (name, now, label) in &self.shared {
            let shown = label.as_ref().unwrap_or(name);
            let (old, new) = (old.results.get(name), new.results.get(now));
            lines.extend(values(shown, old, new));
        }
        lines.extend(consequences(&old, &new));
        lines
    }
}

fn next_of(waiting: &mut Waiting, answer: &Answer) -> Option<Answer> {
    let key = (answer.name.clone(), answer.period.clone());
    let queue = waiting.get_mut(&key)?;
    let next = queue.pop_front();
    if queue.is_empty() {
        waiting.shift_remove(&key);
    }
    next
}

fn wait(waiting: &mut Waiting, answer: Answer) {
    let key = (answer.name.clone(), answer.period.clone());
    waiting.entry(key).or_default().push_back(answer);
}

/// How somebody came out, and why there is no result.
fn status(outcome: Option<&Outcome>) -> Words {
    let Words { en, zh } = Way::of(outcome).words();
    match outcome {
        Some(Outcome::NoResult(NoResult { reason, label, .. })) => {
            let reason = label.as_ref().unwrap_or(reason);
            words!("{en}: {reason}", "{zh}：{reason}")
        }
        Some(Outcome::Error(Refusal { message, .. })) => {
            let (why_en, why_zh) = (&message.en, &message.zh);
            words!("{en}: {why_en}", "{zh}：{why_zh}")
        }
        Some(Outcome::Ok(_)) | None => words!("{en}", "{zh}"),
    }
}

/// What differs between two values, member by member.
fn values(name: &str, old: Option<&ResultValue>, new: Option<&ResultValue>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open = vec![(name.to_owned(), old, new)];
    while let Some((name, old, new)) = open.pop() {
        if old == new {
            continue;
        }
        let members = |value: Option<&ResultValue>| match value {
            Some(ResultValue::Fields(fields)) => fields.keys().cloned().collect(),
            _ => Vec::new(),
        };
        let is_plain = |value: Option<&ResultValue>| {
            value.is_some_and(|value| !matches!(value, ResultValue::Fields(_)))
        };
        let (old_names, new_names) = (members(old), members(new));
        if is_plain(old) || is_plain(new) || (old_names.is_empty() && new_names.is_empty()) {
            lines.push(Line {
                what: words!("{name}", "{name}"),
                old: old.map(shown),
                new: new.map(shown),
            });
            continue;
        }
        let mut names = old_names;
        names.extend(new_names);
        let names: indexmap::IndexSet<String> = names.into_iter().collect();
        fn member<'a>(value: Option<&'a ResultValue>, name: &str) -> Option<&'a ResultValue> {
            match value {
                Some(ResultValue::Fields(fields)) => fields.get(name),
                _ => None,
            }
        }
        for own in names.iter().rev() {
            open.push((format!("{name}.{own}"), member(old, own), member(new, own)));
        }
    }
    lines
}

/// A value for people.
fn shown(value: &ResultValue) -> Words {
    match value {
        ResultValue::Count(figure) | ResultValue::Figure(figure) => {
            words!("{figure}", "{figure}")
        }
        ResultValue::Flag(true) => words!("yes", "是"),
        ResultValue::Flag(false) => words!("no", "否"),
        ResultValue::Text(text) => words!("{text}", "{text}"),
        ResultValue::Nothing => words!("no value", "无值"),
        ResultValue::List(_) | ResultValue::Fields(_) => {
            let text = crate::write::value_text(value);
            words!("{text}", "{text}")
        }
    }
}

/// The consequences that fired in one and not in the other, or otherwise.
fn consequences(old: &Scored, new: &Scored) -> Vec<Line> {
    fn by_name(scored: &Scored) -> IndexMap<(&str, Option<&str>), Vec<&Fired>> {
        let mut by_name: IndexMap<_, Vec<&Fired>> = IndexMap::new();
        for fired in &scored.consequences {
            let key = (fired.name.as_str(), fired.row.as_deref());
            by_name.entry(key).or_default().push(fired);
        }
        by_name
    }
    let (old, new) = (by_name(old), by_name(new));
    let mut keys: Vec<_> = old.keys().copied().collect();
    keys.extend(new.keys().copied().filter(|key| !old.contains_key(key)));
    let mut lines = Vec::new();
    for key in keys {
        let told = |fired: Option<&Vec<&Fired>>| {
            let told: Vec<Words> = fired
                .into_iter()
                .flatten()
                .map(|fired| met(fired))
                .collect();
            let en: Vec<&str> = told.iter().map(|words| words.en.as_str()).collect();
            let zh: Vec<&str> = told.iter().map(|words| words.zh.as_str()).collect();
            let (en, zh) = (en.join("; "), zh.join("；"));
            (!told.is_empty()).then(|| words!("{en}", "{zh}"))
        };
        let (old, new) = (old.get(&key), new.get(&key));
        let label = new.or(old).and_then(|fired| fired.first()?.label.clone());
        let name = label.unwrap_or_else(|| key.0.to_owned());
        let what = match key.1 {
            Some(row) => words!("{name} of {row}", "{row}：{name}"),
            None => words!("{name}", "{name}"),
        };
        let (old, new) = (told(old), told(new));
        if old != new {
            lines.push(Line { what, old, new });
        }
    }
    lines
}

/// How much a consequence is, and whom it meets.
fn met(fired: &Fired) -> Words {
    match (&fired.amount, &fired.to) {
        (Some(amount), Some(to)) => words!("{amount} to {to}", "{to} {amount}"),
        (Some(amount), None) => words!("{amount}", "{amount}"),
        (None, Some(to)) => words!("for {to}", "{to}"),
        (None, None) => words!("yes", "是"),
    }
}
