//! `diff OLD NEW`: what changed in meaning from one scheme to another; with `--data FILE`, for whom.
//!
//! Changes come first, those of articles alone behind the others, then the subjects whose results
//! differ, then the money that moves; between them, for which results it is proved that they are the
//! same for everybody, and data for which the others differ. Exit code 0 if nothing differs, 1 if something does.

mod data;
mod json;
mod table;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use assize::Scheme;
use assize::difference::{Aspect, Change, Construct, How, Proof, difference, proof};
use assize::prove::Effort;
use assize::text::{Limits, Words};

use self::data::Comparison;
use super::{Verdict, Voice};
use crate::arguments::{DataArguments, DiffArguments, ListFormat};
use crate::failure::Failure;
use crate::read::{Data, ListTable, normal};
use crate::readings::Readings;
use crate::schemes::{self, Library, Origin, SchemeText};
use crate::subjects::{Asked, Subjects};
use crate::words::words;

/// Subjects that a table shows.
const SHOWN: usize = 50;

/// How many parts of the space of subjects the search for one difference looks at.
const EFFORT: Effort = Effort { regions: 500 };

/// Two schemes and what differs.
struct Report<'a> {
    old: Side<'a>,
    new: Side<'a>,
    /// The changes of what the scheme says.
    changes: Vec<&'a Change>,
    /// The changes of the articles alone on which it rests.
    articles: Vec<&'a Change>,
    /// For whom results differ, where anything does.
    proof: Option<&'a Proof>,
    data: Option<&'a Comparison>,
}

/// One of the two schemes.
struct Side<'a> {
    scheme: &'a Scheme,
    text: &'a SchemeText,
}

/// Compares two schemes.
pub fn run(arguments: &DiffArguments, voice: Voice) -> Result<Verdict, Failure> {
    let library = Library::default();
    let day = arguments.input.choice.day()?;
    let old_text = schemes::one(&arguments.old, day, &library)?;
    let from_input = |text: &SchemeText| matches!(text.origin, Origin::StandardInput);
    if from_input(&old_text) && arguments.new.as_os_str() == "-" {
        return Err(Failure::StandardInputTwice);
    }
    let new_text = schemes::one(&arguments.new, day, &library)?;
    let data = arguments.data.as_deref();
    if data.is_some_and(|data| data.as_os_str() == "-")
        && (from_input(&old_text) || from_input(&new_text))
    {
        return Err(Failure::StandardInputTwice);
    }
    // A reading or a day chooses in the scheme that has it.
    let readings = Readings::of_flags(&arguments.input.choice.reading)?;
    let checked = |text| library.check(text, &readings, Limits::default());
    let (old_checked, new_checked) = (checked(&old_text), checked(&new_text));
    let old = voice.usable(&old_text, old_checked, false)?;
    let new = voice.usable(&new_text, new_checked, false)?;
    readings.settled()?;
    if data.is_none() {
        tell_ineffective(&arguments.input, voice);
    }
    let found = difference(&old, &new);
    let shown = match arguments.format {
        ListFormat::Table => SHOWN,
        ListFormat::Json => usize::MAX,
    };
    let comparison = Comparison::new(&old, &new, &renamed(&found), shown);
    let compared = data.map(|data| compare(comparison, data, &arguments.input, voice));
    let compared = compared.transpose()?;
    let (articles, changes): (Vec<&Change>, Vec<&Change>) = found
        .iter()
        .partition(|change| change.aspect == Some(Aspect::Article));
    // What says the same gives the same.
    let proof = (!found.is_empty()).then(|| proof(&old, &new, EFFORT));
    let report = Report {
        old: Side {
            scheme: &old,
            text: &old_text,
        },
        new: Side {
            scheme: &new,
            text: &new_text,
        },
        changes,
        articles,
        proof: proof.as_ref(),
        data: compared.as_ref(),
    };
    let mut out = io::stdout().lock();
    match arguments.format {
        ListFormat::Table => table::write(&mut out, &report, voice.language)?,
        ListFormat::Json => json::write(&mut out, &report, voice.language)?,
    }
    out.flush()?;
    voice.tell(&report.summary());
    let differs = !found.is_empty() || compared.is_some_and(|data| data.differ() > 0);
    Ok(Verdict::found_if(differs))
}

impl Report<'_> {
    fn summary(&self) -> Words {
        let (changes, articles) = (self.changes.len(), self.articles.len());
        if changes == 0 && articles == 0 {
            return words!("the schemes mean the same", "两个方案含义相同");
        }
        words!(
            "{changes} changes of meaning, {articles} of articles alone",
            "含义变动 {changes} 处，仅条款变动 {articles} 处"
        )
    }
}

/// Says that flags about data change nothing without data.
fn tell_ineffective(input: &DataArguments, voice: Voice) {
    let flags = [
        ("--set", !input.set.is_empty()),
        ("--list", !input.list.is_empty()),
        ("--periods", input.periods.is_some()),
        ("--sheet", input.sheet.is_some()),
        ("--input-format", input.input_format.is_some()),
    ];
    for (flag, _) in flags.into_iter().filter(|(_, given)| *given) {
        voice.tell(&words!(
            "note: {flag} changes nothing without --data",
            "提示：没有 --data 时，{flag} 不起作用"
        ));
    }
}

/// What comes out under another name now, by its name before.
fn renamed(changes: &[Change]) -> BTreeMap<String, String> {
    let renamed = changes.iter().filter(|change| {
        change.how == How::Renamed && change.within.is_none() && change.under.is_empty()
    });
    let names = renamed.filter_map(|change| {
        let (old, new) = (change.old.as_ref()?, change.new.as_ref()?);
        let comes_out = !matches!(change.what, Construct::Input | Construct::Parameter);
        comes_out.then(|| (old.en.clone(), new.en.clone()))
    });
    names.collect()
}

/// Scores the same data by both schemes.
fn compare(
    mut comparison: Comparison,
    path: &Path,
    arguments: &DataArguments,
    voice: Voice,
) -> Result<Comparison, Failure> {
    let data = Data::of_argument(path)?;
    let open = |scheme: &Scheme, other: &Scheme| {
        let own = known_to(scheme, other, arguments);
        let names = other.subject_names();
        Subjects::of_either(scheme, &names, Asked::Again(path, &data), &own)
    };
    let (old, new) = (&comparison.old, &comparison.new);
    let (mut old_subjects, mut new_subjects) = (open(old, new)?, open(new, old)?);
    loop {
        let (one, other) = (old_subjects.next(false), new_subjects.next(false));
        if one.is_none() && other.is_none() {
            break;
        }
        comparison.take(one.transpose()?, other.transpose()?);
    }
    comparison.end();
    tell_warnings(&mut old_subjects, &mut new_subjects, voice);
    Ok(comparison)
}

/// What both schemes warn of once, what one of them does with its name.
fn tell_warnings(old: &mut Subjects, new: &mut Subjects, voice: Voice) {
    let (old_warnings, new_warnings) = (old.take_warnings(), new.take_warnings());
    let (old_notes, new_notes) = (old.notes(), new.notes());
    let of_both = |old: &[Words], new: &[Words]| -> Vec<Words> {
        let by_one = |own: &[Words], other: &[Words], name: Words| -> Vec<Words> {
            let alone = own.iter().filter(|words| !other.contains(words));
            let named = alone.map(|words| {
                let Words { en, zh } = words;
                let (name_en, name_zh) = (&name.en, &name.zh);
                words!("{name_en}: {en}", "{name_zh}：{zh}")
            });
            named.collect()
        };
        let both = old.iter().filter(|words| new.contains(words)).cloned();
        let mut all: Vec<Words> = both.collect();
        all.extend(by_one(old, new, words!("old scheme", "原方案")));
        all.extend(by_one(new, old, words!("new scheme", "新方案")));
        all
    };
    for Words { en, zh } in of_both(&old_warnings, &new_warnings) {
        voice.tell(&words!("warning: {en}", "警告：{zh}"));
    }
    for Words { en, zh } in of_both(&old_notes, &new_notes) {
        voice.tell(&words!("note: {en}", "提示：{zh}"));
    }
}

/// The flags about parameters and lists that are for a scheme: those that it knows, and those that
/// neither knows, so that somebody is told.
fn known_to(scheme: &Scheme, other: &Scheme, arguments: &DataArguments) -> DataArguments {
    let tables = ListTable::all(scheme.inputs());
    let other_tables = ListTable::all(other.inputs());
    let is_list = |name: &str| {
        let called = |tables: &[ListTable]| tables.iter().any(|table| table.is_called(name));
        called(&tables) || !called(&other_tables)
    };
    let is_input = |name: &str| {
        let first = normal(name.split('.').next().unwrap_or(name).trim());
        let called = |scheme: &Scheme| {
            scheme.inputs().iter().any(|input| {
                [Some(&input.key), Some(&input.name), input.label.as_ref()]
                    .into_iter()
                    .flatten()
                    .any(|called| normal(called) == first)
            })
        };
        called(scheme) || !called(other)
    };
    let named = |text: &String, is_it: &dyn Fn(&str) -> bool| {
        is_it(
            text.split_once('=')
                .map_or(text.as_str(), |(name, _)| name.trim()),
        )
    };
    let mut own = arguments.clone();
    own.set.retain(|text| named(text, &is_input));
    if arguments.key.len() == arguments.list.len() && arguments.key.len() > 1 {
        let mut lists = arguments.list.iter();
        own.key
            .retain(|_| lists.next().is_none_or(|text| named(text, &is_list)));
    }
    own.list.retain(|text| named(text, &is_list));
    own.periods = own.periods.filter(|name| is_list(name));
    own
}
