//! Schemes of real regulations, written in the language of assize.
//!
//! Each preset is the content of one folder: the scheme, the regulation beside it article by
//! article, and where there is something to score cases with their expected results, sample tables
//! and empty ones. Everything is text in the program; nothing is read from disk.
//!
//! What a list of presets shows is read from the schemes. How a regulation is read, and why, stands
//! in the preset's [`source`](Preset::source).
//!
//! ```
//! let preset = assize_presets::find("welfare-service-502030").ok_or("no such preset")?;
//! assert_eq!(preset.title(), "客户满意度工作考评管理办法");
//! assert_eq!(preset.document(), "服务客户满意度工作考评管理办法");
//! let scheme = preset.checked().ok_or("it has errors")?;
//! assert_eq!(scheme.results()[0].path, ["standards"]);
//! # Ok::<(), &str>(())
//! ```

mod contents;

use std::cell::RefCell;
use std::sync::OnceLock;

use assize::syntax::Period;
use assize::text::{Limits, Words};
use assize::{Checker, Scheme};

use contents::Facts;

include!(concat!(env!("OUT_DIR"), "/presets.rs"));

/// A regulation as a scheme, with what belongs to it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Preset {
    /// The name in commands and data: `welfare-service-502030`.
    pub slug: &'static str,
    /// The scheme.
    pub scheme: &'static str,
    /// The document's words, article by article, with the scheme's lines and the reading chosen;
    /// Markdown.
    pub source: &'static str,
    /// One case a line: a JSON object with `id`, `input` and `expect`.
    pub cases: Option<&'static str>,
    /// A small table with Chinese headings that can be scored as it stands; CSV.
    pub sample: Option<&'static str>,
    /// Lists of the sample whose rows stand in tables of their own: the list, and the CSV.
    pub sample_lists: &'static [(&'static str, &'static str)],
    /// The table without rows, to be filled in; CSV.
    pub empty: Option<&'static str>,
    /// The same for lists.
    pub empty_lists: &'static [(&'static str, &'static str)],
    facts: OnceLock<Facts>,
    checked: OnceLock<Option<Scheme>>,
}

/// What a scheme does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// The text alone determines a figure or a verdict.
    Computational,
    /// It computes, once whoever uses it has set what the document leaves open.
    Template,
    /// It names what is observed and computes nothing.
    Indicator,
    /// It holds steps, duties and dates only.
    Process,
}

impl Kind {
    /// The word for it in lists: `computational`, 计算.
    #[must_use]
    pub fn words(self) -> Words {
        let (en, zh) = match self {
            Self::Computational => ("computational", "计算"),
            Self::Template => ("template", "模板"),
            Self::Indicator => ("indicator", "指标"),
            Self::Process => ("process", "程序"),
        };
        Words {
            en: en.to_owned(),
            zh: zh.to_owned(),
        }
    }
}

impl Preset {
    /// The title, as the scheme has it.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.facts().title
    }

    /// The document it was written from, without 《》.
    #[must_use]
    pub fn document(&self) -> &str {
        &self.facts().document
    }

    /// What it does.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.facts().kind
    }

    /// How often the document assesses; `None` where it does not say.
    #[must_use]
    pub fn cycle(&self) -> Option<Period> {
        self.facts().cycle
    }

    /// The family of which it is one edition.
    #[must_use]
    pub fn edition_of(&self) -> Option<&str> {
        self.facts().edition_of.as_deref()
    }

    /// The scheme, checked with the presets that it names. It is checked once in a program.
    /// `None` would mean that it has errors, and no preset has.
    #[must_use]
    pub fn checked(&self) -> Option<&Scheme> {
        match self.checked.get() {
            Some(scheme) => scheme.as_ref(),
            None => self.checked_after(&RefCell::default()),
        }
    }

    fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| {
            let parsed = assize::syntax::parse(self.scheme, &Limits::default());
            Facts::of_tree(&parsed.tree)
        })
    }

    /// Checks the scheme; `open` are those that wait for it. One that needs itself has errors.
    fn checked_after(&self, open: &RefCell<Vec<&'static str>>) -> Option<&Scheme> {
        if open.borrow().contains(&self.slug) {
            return None;
        }
        open.borrow_mut().push(self.slug);
        let named = |slug: &str| {
            let preset = find(slug)?;
            match preset.checked.get() {
                Some(scheme) => scheme.clone(),
                None => preset.checked_after(open).cloned(),
            }
        };
        let scheme = Checker::new().beside(&named).check(self.scheme).scheme;
        open.borrow_mut().pop();
        // Another thread may have come first, with the same scheme.
        self.checked.get_or_init(|| scheme).as_ref()
    }
}

/// Every preset, in the order of the slugs.
///
/// ```
/// assert!(assize_presets::presets().any(|preset| preset.slug == "bank-outlet-service"));
/// ```
pub fn presets() -> impl Iterator<Item = &'static Preset> {
    PRESETS.iter()
}

/// The preset of that slug, if there is one.
#[must_use]
pub fn find(slug: &str) -> Option<&'static Preset> {
    presets().find(|preset| preset.slug == slug)
}

/// The preset of that slug, checked with the presets that it names.
///
/// Schemes of one's own find presets by it:
///
/// ```
/// let text = r#"
/// scheme branch {
///     input outlets : list of result of bank-outlet-service
///     result mean = mean of outlets.total
/// }
/// "#;
/// let checked = assize::Checker::new().beside(&assize_presets::checked).check(text);
/// assert!(checked.scheme.is_some());
/// ```
#[must_use]
pub fn checked(slug: &str) -> Option<Scheme> {
    find(slug)?.checked().cloned()
}

/// The presets that are editions of one regulation, in the order of the slugs.
pub fn editions(family: &str) -> impl Iterator<Item = &'static Preset> {
    presets().filter(move |preset| preset.edition_of() == Some(family))
}
