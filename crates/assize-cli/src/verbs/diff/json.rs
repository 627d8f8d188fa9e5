//! A comparison for programs: one object. Sentences are in both languages, figures are exact text.

use std::io::{self, Write};

use assize::Scheme;
use assize::difference::{Change, Proof, Sameness};
use assize::number::Rational;
use assize::outcome::Outcome;
use assize::text::{Language, Span, Words};
use indexmap::IndexMap;
use serde::Serialize;

use super::data::{Affected, Comparison};
use super::table::sum;
use super::{Report, Side};
use crate::report::{Place, Places};
use crate::write::Data;

#[derive(Serialize)]
struct Whole<'a> {
    old: Named<'a>,
    new: Named<'a>,
    changes: Vec<Listed<'a>>,
    /// Absent where nothing changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<Proved<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subjects: Option<Subjects<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    money: Option<Money<'a>>,
}

#[derive(Serialize)]
struct Proved<'a> {
    /// Whether it is proved that no subject's result can differ.
    same: bool,
    scored: Agreed<'a>,
    results: Vec<Agreed<'a>>,
    regions: u32,
}

#[derive(Serialize)]
struct Agreed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a Words>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subjects: Vec<Data<'a>>,
}

impl<'a> Agreed<'a> {
    fn of(name: Option<&'a str>, sameness: &'a Sameness) -> Self {
        let example = sameness.counter_example();
        let subjects = example.iter().flat_map(|example| &example.subjects);
        Self {
            name,
            verdict: sameness.name(),
            words: example.map(|example| &example.words),
            subjects: subjects.map(Data).collect(),
        }
    }
}

impl<'a> Proved<'a> {
    fn of(proof: &'a Proof) -> Self {
        let results = proof.results.iter();
        Self {
            same: proof.is_same(),
            scored: Agreed::of(None, &proof.scored),
            results: results
                .map(|compared| Agreed::of(Some(&compared.name), &compared.sameness))
                .collect(),
            regions: proof.regions,
        }
    }
}

#[derive(Serialize)]
struct Named<'a> {
    scheme: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct Listed<'a> {
    what: &'static str,
    name: &'a str,
    label: Option<&'a str>,
    aspect: Option<&'static str>,
    how: &'static str,
    old: Option<&'a Words>,
    new: Option<&'a Words>,
    old_article: Option<&'a str>,
    new_article: Option<&'a str>,
    old_place: Option<Place>,
    new_place: Option<Place>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    readings: IndexMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<&'a str>,
    message: Words,
}

#[derive(Serialize)]
struct Subjects<'a> {
    all: u64,
    same: u64,
    differ: u64,
    ways: Vec<Ways>,
    affected: Vec<Shown<'a>>,
}

#[derive(Serialize)]
struct Ways {
    old: &'static str,
    new: &'static str,
    count: u64,
    differ: u64,
}

#[derive(Serialize)]
struct Shown<'a> {
    subject: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<&'a str>,
    old: Option<&'a Outcome>,
    new: Option<&'a Outcome>,
    differences: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    what: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

#[derive(Serialize)]
struct Money<'a> {
    consequences: Sums<'a>,
    results: Sums<'a>,
}

#[derive(Serialize)]
struct Sums<'a> {
    #[serde(flatten)]
    all: Sum,
    by_name: IndexMap<&'a str, Sum>,
}

#[derive(Serialize)]
struct Sum {
    old: String,
    new: String,
    difference: String,
}

pub fn write(out: &mut dyn Write, report: &Report<'_>, language: Language) -> io::Result<()> {
    let (old_places, new_places) = (places(&report.old), places(&report.new));
    let changes = report.changes.iter().chain(&report.articles);
    let whole = Whole {
        old: named(&report.old),
        new: named(&report.new),
        proof: report.proof.map(Proved::of),
        changes: changes
            .map(|change| listed(change, old_places.as_ref(), new_places.as_ref()))
            .collect(),
        subjects: report.data.map(|data| subjects(data, language)),
        money: report.data.map(|data| Money {
            consequences: sums(&data.consequences),
            results: sums(&data.results),
        }),
    };
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

/// Lines and columns, unless the scheme was put together from two texts.
fn places<'a>(side: &Side<'a>) -> Option<Places<'a>> {
    let is_whole = side.scheme.text() == side.text.text;
    is_whole.then(|| Places::new(&side.text.text))
}

fn named<'a>(side: &Side<'a>) -> Named<'a> {
    let scheme: &Scheme = side.scheme;
    Named {
        scheme: scheme.slug(),
        path: &side.text.name,
        title: scheme.title(),
    }
}

fn listed<'a>(
    change: &'a Change,
    old: Option<&Places<'_>>,
    new: Option<&Places<'_>>,
) -> Listed<'a> {
    let place = |span: Option<Span>, places: Option<&Places<'_>>| {
        let places = places.filter(|_| change.within.is_none())?;
        Some(places.at(span?.range().start))
    };
    Listed {
        what: change.what.name(),
        name: &change.name,
        label: change.label.as_deref(),
        aspect: change.aspect.map(assize::difference::Aspect::name),
        how: change.how.name(),
        old: change.old.as_ref(),
        new: change.new.as_ref(),
        old_article: change.old_article.as_deref(),
        new_article: change.new_article.as_deref(),
        old_place: place(change.old_span, old),
        new_place: place(change.new_span, new),
        readings: change
            .under
            .iter()
            .map(|(reading, alternative)| (reading.as_str(), alternative.as_str()))
            .collect(),
        within: change.within.as_deref(),
        message: change.words(),
    }
}

fn subjects(data: &Comparison, language: Language) -> Subjects<'_> {
    let (all, differ) = (data.all(), data.differ());
    let ways = data.ways.iter().map(|(&(old, new), &count)| Ways {
        old: old.name(),
        new: new.name(),
        count,
        differ: if old == new {
            data.other_results.get(&old).copied().unwrap_or(0)
        } else {
            count
        },
    });
    Subjects {
        all,
        same: all.saturating_sub(differ),
        differ,
        ways: ways.collect(),
        affected: data
            .affected
            .iter()
            .map(|affected| shown(affected, language))
            .collect(),
    }
}

fn shown(affected: &Affected, language: Language) -> Shown<'_> {
    Shown {
        subject: &affected.name,
        period: affected.period.as_deref(),
        old: affected.old.as_ref(),
        new: affected.new.as_ref(),
        differences: affected
            .lines
            .iter()
            .map(|line| Line {
                what: line.what.in_language(language),
                old: line.old.as_ref().map(|words| words.in_language(language)),
                new: line.new.as_ref().map(|words| words.in_language(language)),
            })
            .collect(),
    }
}

fn sums(sums: &IndexMap<String, (Rational, Rational)>) -> Sums<'_> {
    let one = |(old, new): &(Rational, Rational)| Sum {
        old: old.to_string(),
        new: new.to_string(),
        difference: (new - old).to_string(),
    };
    Sums {
        all: one(&sum(sums)),
        by_name: sums
            .iter()
            .map(|(name, sums)| (name.as_str(), one(sums)))
            .collect(),
    }
}
