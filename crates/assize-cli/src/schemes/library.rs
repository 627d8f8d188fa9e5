//! Checks schemes together with those that they name behind `result of` and `extends`.
//!
//! A scheme named SLUG is looked for beside the one that names it: `SLUG.scheme` in its folder, then
//! `../SLUG/SLUG.scheme`, then among the presets. Each is checked once in a run, with the first
//! alternative of its readings. A preset finds presets only. Why one cannot be used is told where
//! it is named.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assize::diagnostic::Diagnostic;
use assize::text::{Limits, Words};
use assize::{Checked, Checker, Scheme};

use super::{Origin, SchemeText, read};
use crate::failure::Failure;
use crate::readings::Readings;
use crate::words::words;

/// Schemes that need schemes that need schemes: deeper than any regulation, and bounded.
const DEPTH: usize = 16;

/// The code of what is found where a scheme that is named cannot be used.
const UNKNOWN_NAME: &str = "unknown-name";

/// The schemes of a run that others name.
#[derive(Debug, Default)]
pub struct Library {
    /// By the real path of the file.
    known: RefCell<BTreeMap<PathBuf, Result<Scheme, Trouble>>>,
    /// Those that wait for the one that is being checked, each with its slug.
    open: RefCell<Vec<(PathBuf, String)>>,
}

/// Why a scheme that is there cannot be used.
#[derive(Clone, Debug)]
enum Trouble {
    /// It cannot be read.
    Unreadable { why: Words },
    /// It has errors.
    HasErrors { path: String },
    /// It is called something else inside.
    Misnamed { path: String, slug: String },
    /// It needs itself: the way there and back.
    Circle { way: Vec<String> },
    /// Too many wait for it.
    TooDeep,
}

impl Library {
    /// Checks a scheme; one of the alternatives of its readings may be chosen.
    pub fn check(&self, text: &SchemeText, readings: &Readings, limits: Limits) -> Checked {
        let place = match &text.origin {
            Origin::File(path) => fs::canonicalize(path).ok(),
            Origin::Preset(_) | Origin::StandardInput => None,
        };
        let (checked, _) = self.check_waiting(text, place, readings, limits);
        checked
    }

    /// Checks a scheme while others may wait for it. Answers also why those that it names cannot
    /// be used.
    fn check_waiting(
        &self,
        text: &SchemeText,
        place: Option<PathBuf>,
        readings: &Readings,
        limits: Limits,
    ) -> (Checked, Vec<Trouble>) {
        let is_open = place.is_some();
        if let Some(place) = place {
            let slug = assize::syntax::parse(&text.text, &limits).tree.scheme.slug;
            self.open.borrow_mut().push((place, slug.text));
        }
        let troubles: RefCell<BTreeMap<String, Trouble>> = RefCell::default();
        let named = |slug: &str| match self.named(slug, &text.origin) {
            None => None,
            Some(Ok(scheme)) => Some(scheme),
            Some(Err(trouble)) => {
                troubles.borrow_mut().insert(slug.to_owned(), trouble);
                None
            }
        };
        let checker = Checker::new().within(limits).beside(&named);
        let mut checked = checker.check(&text.text);
        if let Some(checker) = readings.chosen(checker.clone(), &checked.readings) {
            checked = checker.check(&text.text);
        }
        if is_open {
            self.open.borrow_mut().pop();
        }
        let troubles = troubles.into_inner();
        for diagnostic in &mut checked.diagnostics {
            explain(diagnostic, &text.text, &troubles);
        }
        (checked, troubles.into_values().collect())
    }

    /// The scheme that another names, if it is there.
    fn named(&self, slug: &str, by: &Origin) -> Option<Result<Scheme, Trouble>> {
        let path = match by {
            Origin::Preset(_) => None,
            Origin::File(path) => beside(path.parent().unwrap_or(Path::new("")), slug),
            Origin::StandardInput => beside(Path::new(""), slug),
        };
        let Some(path) = path else {
            return assize_presets::checked(slug).map(Ok);
        };
        let place = match fs::canonicalize(&path) {
            Ok(place) => place,
            Err(source) => {
                let path = path.display().to_string();
                return Some(Err(Trouble::Unreadable {
                    why: Failure::Unreadable { path, source }.words(),
                }));
            }
        };
        let known = self.known.borrow().get(&place).cloned();
        let found = known.unwrap_or_else(|| {
            let found = self.checked(path, place.clone());
            self.known.borrow_mut().insert(place, found.clone());
            found
        });
        Some(found.and_then(|scheme| {
            if scheme.slug() == slug {
                return Ok(scheme);
            }
            Err(Trouble::Misnamed {
                path: format!("{slug}.scheme"),
                slug: scheme.slug().to_owned(),
            })
        }))
    }

    fn checked(&self, path: PathBuf, place: PathBuf) -> Result<Scheme, Trouble> {
        let way: Vec<String> = {
            let open = self.open.borrow();
            if open.len() >= DEPTH {
                return Err(Trouble::TooDeep);
            }
            let waiting = open.iter().skip_while(|(other, _)| *other != place);
            waiting.map(|(_, slug)| slug.clone()).collect()
        };
        if let Some(first) = way.first() {
            let back = first.clone();
            return Err(Trouble::Circle {
                way: way.into_iter().chain([back]).collect(),
            });
        }
        let text = read(Origin::File(path)).map_err(|failure| Trouble::Unreadable {
            why: failure.words(),
        })?;
        let (checked, troubles) =
            self.check_waiting(&text, Some(place), &Readings::default(), Limits::default());
        // A circle is told whole, wherever one enters it.
        let circle = troubles
            .into_iter()
            .find(|trouble| matches!(trouble, Trouble::Circle { .. } | Trouble::TooDeep));
        checked
            .scheme
            .ok_or_else(|| circle.unwrap_or(Trouble::HasErrors { path: text.name }))
    }
}

/// The file of a scheme beside another, if there is one.
fn beside(folder: &Path, slug: &str) -> Option<PathBuf> {
    let file = format!("{slug}.scheme");
    let places = [folder.join(&file), folder.join("..").join(slug).join(&file)];
    places.into_iter().find(|path| path.is_file())
}

/// Says why a scheme cannot be used where it is named.
fn explain(diagnostic: &mut Diagnostic, text: &str, troubles: &BTreeMap<String, Trouble>) {
    if diagnostic.code.name != UNKNOWN_NAME {
        return;
    }
    if let Some(trouble) = troubles.get(diagnostic.span.of(text)) {
        diagnostic.message = trouble.words(diagnostic.span.of(text));
    }
}

impl Trouble {
    fn words(&self, slug: &str) -> Words {
        match self {
            Self::Unreadable { why } => why.clone(),
            Self::HasErrors { path } => words!(
                "the scheme `{slug}` has errors; `assize check {path}` shows them",
                "方案“{slug}”有错误，可用 assize check {path} 查看；改正后才能在此使用"
            ),
            Self::Misnamed { path, slug: inside } => words!(
                "{path} holds the scheme `{inside}`, not `{slug}`; file and scheme have one name",
                "{path} 中的方案名为“{inside}”，不是“{slug}”；文件名应与方案名一致"
            ),
            Self::Circle { way } => {
                let way = way.join(" → ");
                words!(
                    "these schemes need each other: {way}; one of them must do without",
                    "这些方案互相引用：{way}；须去掉其中一处引用"
                )
            }
            Self::TooDeep => words!(
                "more than {DEPTH} schemes stand one inside another here",
                "此处方案层层引用超过 {DEPTH} 层"
            ),
        }
    }
}
