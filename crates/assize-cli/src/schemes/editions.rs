//! Editions of one regulation, `edition of FAMILY`, told apart by the days on which they are in
//! force.
//!
//! `--as-of DAY` takes the one that is in force on that day; none and two are both refused, and so
//! is an edition that does not say its days, since no day can choose it. Whether a day was chosen
//! or not, a family is never narrowed by a guess.

use std::collections::BTreeMap;

use assize::Scheme;
use assize::syntax::Kind;
use assize::text::{Limits, Words};
use chrono::NaiveDate;

use super::{Library, SchemeText};
use crate::failure::Failure;
use crate::readings::Readings;
use crate::words::words;

/// The first and the last day on which an edition is in force.
type Days = (NaiveDate, Option<NaiveDate>);

/// An edition, as a failure names it.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The scheme, as it is given on the command line.
    pub name: String,
    days: Option<Days>,
}

/// Why no edition can be taken.
#[derive(Debug)]
pub enum EditionFault {
    /// Several, and no day was given.
    NoDay {
        /// The family.
        family: String,
        /// Its editions.
        editions: Vec<Edition>,
    },
    /// Some do not say their days.
    Undated {
        /// The family.
        family: String,
        /// The editions without days.
        editions: Vec<Edition>,
    },
    /// None is in force on the day.
    NoneInForce {
        /// The family.
        family: String,
        /// The day.
        day: NaiveDate,
        /// Its editions.
        editions: Vec<Edition>,
    },
    /// More than one is in force on the day.
    SeveralInForce {
        /// The family.
        family: String,
        /// The day.
        day: NaiveDate,
        /// Those in force.
        editions: Vec<Edition>,
    },
    /// The scheme that was named is not in force on the day.
    NotInForce {
        /// The day.
        day: NaiveDate,
        /// The scheme.
        edition: Edition,
    },
}

/// The scheme in force, of texts that may be editions of one family: the text of `one`.
///
/// # Errors
///
/// If it cannot be told, or the texts are not of one family.
pub fn one_of(
    mut texts: Vec<SchemeText>,
    argument: &str,
    day: Option<NaiveDate>,
    library: &Library,
) -> Result<SchemeText, Failure> {
    let several = Failure::SeveralSchemes {
        folder: argument.to_owned(),
        count: texts.len(),
    };
    if texts.len() > 1 {
        let families: Vec<Option<String>> = texts.iter().map(family).collect();
        let Some(Some(family)) = families.first().cloned() else {
            return Err(several);
        };
        if families.iter().any(|other| other.as_ref() != Some(&family)) {
            return Err(several);
        }
        texts = chosen(texts, family, day, library)?;
    }
    texts.into_iter().next().ok_or(several)
}

/// The texts in force on a day, of any number of families and single schemes, in their order; and
/// the names of those that do not say their days.
///
/// # Errors
///
/// If one family has none or several, or a single scheme is not in force.
pub fn in_force(
    texts: Vec<SchemeText>,
    day: NaiveDate,
    library: &Library,
) -> Result<(Vec<SchemeText>, Vec<String>), Failure> {
    let families: Vec<Option<String>> = texts.iter().map(family).collect();
    let mut groups: Vec<(Option<String>, Vec<SchemeText>)> = Vec::new();
    for (text, family) in texts.into_iter().zip(families) {
        let group = groups
            .iter_mut()
            .find(|(own, _)| own.is_some() && *own == family);
        match group {
            Some((_, texts)) => texts.push(text),
            None => groups.push((family, vec![text])),
        }
    }
    let mut all = Vec::new();
    let mut undated = Vec::new();
    for (family, texts) in groups {
        match family {
            Some(family) if texts.len() > 1 => {
                all.extend(chosen(texts, family, Some(day), library)?);
            }
            _ => {
                for text in &texts {
                    if let Some(edition) = edition(text, library)
                        && !edition.held_to(day)?
                    {
                        undated.push(text.name.clone());
                    }
                }
                all.extend(texts);
            }
        }
    }
    Ok((all, undated))
}

/// Whether a scheme is in force on a day; answers whether it says its days at all.
///
/// # Errors
///
/// If it is not.
pub fn is_in_force(name: &str, scheme: &Scheme, day: NaiveDate) -> Result<bool, Failure> {
    let edition = Edition {
        name: name.to_owned(),
        days: scheme.effective(),
    };
    edition.held_to(day)
}

/// Of the editions of a family, the one in force. Those with errors stand before it, so that their
/// errors are shown.
fn chosen(
    texts: Vec<SchemeText>,
    family: String,
    day: Option<NaiveDate>,
    library: &Library,
) -> Result<Vec<SchemeText>, Failure> {
    let mut broken = Vec::new();
    let mut dated = Vec::new();
    for text in texts {
        match edition(&text, library) {
            None => broken.push(text),
            Some(edition) => dated.push((edition, text)),
        }
    }
    let of = |is: &dyn Fn(&Edition) -> bool| -> Vec<Edition> {
        let editions = dated.iter().map(|(edition, _)| edition);
        editions.filter(|edition| is(edition)).cloned().collect()
    };
    if broken.is_empty() {
        let Some(day) = day else {
            let editions = of(&|_| true);
            return Err(EditionFault::NoDay { family, editions }.into());
        };
        let undated = of(&|edition| edition.days.is_none());
        if !undated.is_empty() {
            let editions = undated;
            return Err(EditionFault::Undated { family, editions }.into());
        }
        let in_force = of(&|edition| edition.covers(day));
        if in_force.is_empty() {
            return Err(EditionFault::NoneInForce {
                family,
                day,
                editions: of(&|_| true),
            }
            .into());
        }
        if in_force.len() > 1 {
            return Err(EditionFault::SeveralInForce {
                family,
                day,
                editions: in_force,
            }
            .into());
        }
    }
    let covers = |edition: &Edition| day.is_some_and(|day| edition.covers(day));
    let taken = dated.into_iter().filter(|(edition, _)| covers(edition));
    broken.extend(taken.map(|(_, text)| text));
    Ok(broken)
}

/// Refuses editions of one family that are in force on one day.
///
/// # Errors
///
/// If there are such.
pub fn apart(texts: &[SchemeText], library: &Library) -> Result<(), Failure> {
    let mut families: BTreeMap<String, Vec<Edition>> = BTreeMap::new();
    for text in texts {
        if let Some(family) = family(text)
            && let Some(edition) = edition(text, library)
        {
            families.entry(family).or_default().push(edition);
        }
    }
    for (family, editions) in families {
        for (day, _) in editions.iter().filter_map(|edition| edition.days) {
            let covers = |edition: &&Edition| edition.covers(day);
            let in_force: Vec<Edition> = editions.iter().filter(covers).cloned().collect();
            if in_force.len() > 1 {
                return Err(EditionFault::SeveralInForce {
                    family,
                    day,
                    editions: in_force,
                }
                .into());
            }
        }
    }
    Ok(())
}

/// The family of which a text is an edition.
fn family(text: &SchemeText) -> Option<String> {
    let tree = assize::syntax::parse(&text.text, &Limits::default()).tree;
    let statements = tree.scheme.body.statements.into_iter();
    statements.rev().find_map(|statement| match statement.kind {
        Kind::EditionOf(family) => Some(family.text),
        _ => None,
    })
}

/// The days of a scheme without errors.
fn edition(text: &SchemeText, library: &Library) -> Option<Edition> {
    let checked = library.check(text, &Readings::default(), Limits::default());
    checked.scheme.map(|scheme| Edition {
        name: text.name.clone(),
        days: scheme.effective(),
    })
}

impl Edition {
    /// Whether it says that it is in force on a day.
    fn covers(&self, day: NaiveDate) -> bool {
        self.days
            .is_some_and(|(first, last)| first <= day && last.is_none_or(|last| day <= last))
    }

    /// Holds it to a day; answers whether it says its days.
    fn held_to(self, day: NaiveDate) -> Result<bool, Failure> {
        match self.days {
            None => Ok(false),
            Some(_) if self.covers(day) => Ok(true),
            Some(_) => Err(EditionFault::NotInForce { day, edition: self }.into()),
        }
    }

    fn words(&self) -> Words {
        let name = &self.name;
        match self.days {
            None => words!("{name}", "{name}"),
            Some((first, None)) => words!("{name} (from {first})", "{name}（自 {first} 起）"),
            Some((first, Some(last))) => words!(
                "{name} (from {first} until {last})",
                "{name}（{first} 至 {last}）"
            ),
        }
    }
}

impl EditionFault {
    /// The fault in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::NoDay { family, editions } => {
                let Words { en, zh } = listed(editions);
                words!(
                    "{family} has several editions: {en}; name one of them, or a day with --as-of",
                    "{family} 有多个版本：{zh}；请指明其中一个，或用 --as-of 给出日期"
                )
            }
            Self::Undated { family, editions } => {
                let Words { en, zh } = listed(editions);
                words!(
                    "no day chooses among the editions of {family}: these do not say from when they are in force: {en}; name one of them",
                    "不能按日期在 {family} 的各版本中选取，因为以下版本没有写明施行日期：{zh}；请直接指明其中一个"
                )
            }
            Self::NoneInForce {
                family,
                day,
                editions,
            } => {
                let Words { en, zh } = listed(editions);
                words!(
                    "no edition of {family} is in force on {day}: {en}",
                    "{day} 没有施行中的 {family} 版本：{zh}"
                )
            }
            Self::SeveralInForce {
                family,
                day,
                editions,
            } => {
                let Words { en, zh } = listed(editions);
                words!(
                    "several editions of {family} are in force on {day}: {en}; say in the older one until when it is",
                    "{day} 有多个 {family} 版本同时施行：{zh}；请在旧版本中写明施行至何日"
                )
            }
            Self::NotInForce { day, edition } => {
                let Words { en, zh } = edition.words();
                words!(
                    "{en} is not in force on {day}",
                    "{day} 时 {zh} 不在施行期内"
                )
            }
        }
    }
}

impl From<EditionFault> for Failure {
    fn from(fault: EditionFault) -> Self {
        Self::Edition(Box::new(fault))
    }
}

fn listed(editions: &[Edition]) -> Words {
    let words: Vec<Words> = editions.iter().map(Edition::words).collect();
    let in_english: Vec<&str> = words.iter().map(|words| words.en.as_str()).collect();
    let in_chinese: Vec<&str> = words.iter().map(|words| words.zh.as_str()).collect();
    Words {
        en: in_english.join(", "),
        zh: in_chinese.join("、"),
    }
}
