//! Readings of a run: `--reading NAME=ALTERNATIVE`.
//!
//! Names and alternatives may be given by their labels. With several schemes a reading is chosen in
//! those that have it; one that none has is wrong use.

use std::cell::RefCell;
use std::collections::BTreeSet;

use assize::text::Words;
use assize::{Checker, Reading};

use crate::failure::Failure;
use crate::words::words;

/// The alternatives that a run takes.
#[derive(Debug, Default)]
pub struct Readings {
    wanted: Vec<(String, String)>,
    met: RefCell<Met>,
}

/// What was seen of the schemes so far.
#[derive(Debug, Default)]
struct Met {
    /// The readings that some scheme has, of those wanted.
    found: BTreeSet<String>,
    /// All that there are to choose from.
    offered: BTreeSet<String>,
    /// The first that cannot be followed.
    fault: Option<ReadingFault>,
}

/// Why a reading cannot be chosen.
#[derive(Clone, Debug)]
pub enum ReadingFault {
    /// Not `NAME=ALTERNATIVE`.
    NotAChoice {
        /// As it was written.
        text: String,
    },
    /// One reading was chosen twice.
    Twice {
        /// The reading.
        name: String,
    },
    /// No scheme has it.
    NoSuchReading {
        /// The name.
        name: String,
        /// What there is: `fine (brackets, line)`.
        offered: Vec<String>,
    },
    /// The reading has no such alternative.
    NoSuchAlternative {
        /// The reading.
        name: String,
        /// The alternative.
        alternative: String,
        /// What there is.
        offered: String,
    },
}

impl Readings {
    /// The readings of some flags.
    ///
    /// # Errors
    ///
    /// If one is not `NAME=ALTERNATIVE`, or given twice.
    pub fn of_flags(flags: &[String]) -> Result<Self, Failure> {
        let mut wanted: Vec<(String, String)> = Vec::new();
        for text in flags {
            let split = text.split_once('=');
            let (name, alternative) = match split.map(|(a, b)| (a.trim(), b.trim())) {
                Some((name, alternative)) if !name.is_empty() && !alternative.is_empty() => {
                    (name.to_owned(), alternative.to_owned())
                }
                _ => return Err(ReadingFault::NotAChoice { text: text.clone() }.into()),
            };
            if wanted.iter().any(|(other, _)| *other == name) {
                return Err(ReadingFault::Twice { name }.into());
            }
            wanted.push((name, alternative));
        }
        Ok(Self {
            wanted,
            met: RefCell::default(),
        })
    }

    /// The checker that takes what is wanted of these readings; `None` if the first alternatives
    /// hold. What cannot be followed is answered by [`Readings::settled`].
    pub fn chosen<'a>(&self, checker: Checker<'a>, readings: &[Reading]) -> Option<Checker<'a>> {
        if self.wanted.is_empty() {
            return None;
        }
        let mut met = self.met.borrow_mut();
        met.offered.extend(readings.iter().map(offered));
        let mut chosen = None;
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        for (name, alternative) in &self.wanted {
            let is_it = |reading: &&Reading| is_called(name, &reading.name, reading.label.as_ref());
            let Some(reading) = readings.iter().find(is_it) else {
                continue;
            };
            met.found.insert(name.clone());
            if !taken.insert(&reading.name) {
                let name = name.clone();
                met.fault.get_or_insert(ReadingFault::Twice { name });
            }
            let mut alternatives = reading.alternatives.iter();
            let place =
                alternatives.position(|(own, label)| is_called(alternative, own, label.as_ref()));
            match place.and_then(|place| Some((place, reading.alternatives.get(place)?))) {
                Some((0, _)) => {}
                Some((_, (own, _))) => {
                    let checker = chosen.take().unwrap_or_else(|| checker.clone());
                    chosen = Some(checker.reading(&reading.name, own));
                }
                None => {
                    met.fault.get_or_insert(ReadingFault::NoSuchAlternative {
                        name: name.clone(),
                        alternative: alternative.clone(),
                        offered: alternatives_of(reading),
                    });
                }
            }
        }
        chosen
    }

    /// Whether every reading could be followed, once all schemes of the run were checked.
    ///
    /// # Errors
    ///
    /// The first that could not.
    pub fn settled(&self) -> Result<(), Failure> {
        let met = self.met.borrow();
        if let Some(fault) = &met.fault {
            return Err(fault.clone().into());
        }
        let missing = self
            .wanted
            .iter()
            .find(|(name, _)| !met.found.contains(name));
        match missing {
            None => Ok(()),
            Some((name, _)) => Err(ReadingFault::NoSuchReading {
                name: name.clone(),
                offered: met.offered.iter().cloned().collect(),
            }
            .into()),
        }
    }
}

impl From<ReadingFault> for Failure {
    fn from(fault: ReadingFault) -> Self {
        Self::Reading(Box::new(fault))
    }
}

fn is_called(text: &str, name: &str, label: Option<&String>) -> bool {
    name == text || label.is_some_and(|label| label == text)
}

fn offered(reading: &Reading) -> String {
    format!("{}={}", reading.name, alternatives_of(reading))
}

fn alternatives_of(reading: &Reading) -> String {
    let names = reading.alternatives.iter().map(|(name, _)| name.as_str());
    names.collect::<Vec<_>>().join("|")
}

impl ReadingFault {
    /// The fault in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::NotAChoice { text } => words!(
                "--reading {text}: write --reading NAME=ALTERNATIVE",
                "--reading {text}：请写成 --reading 解读=写法"
            ),
            Self::Twice { name } => words!(
                "--reading {name} is given twice; keep one",
                "--reading {name} 给出了两次，请只保留一个"
            ),
            Self::NoSuchReading { name, offered } if offered.is_empty() => words!(
                "--reading {name}: there is nothing to choose here, the document is read in one way",
                "--reading {name}：此处没有可选的解读"
            ),
            Self::NoSuchReading { name, offered } => {
                let (en, zh) = (offered.join(", "), offered.join("、"));
                words!(
                    "--reading {name}: there is no such reading; there are: {en}",
                    "--reading {name}：没有这处解读，只有：{zh}"
                )
            }
            Self::NoSuchAlternative {
                name,
                alternative,
                offered,
            } => words!(
                "--reading {name}={alternative}: there is no such alternative; write one of {offered}",
                "--reading {name}={alternative}：没有这种写法，可选：{offered}"
            ),
        }
    }
}
