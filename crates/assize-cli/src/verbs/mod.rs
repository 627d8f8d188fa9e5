//! One file per verb. Each reads its arguments, does its work through the modules beside this one,
//! and answers how it ended.

mod check;
mod diff;
mod explain;
mod fmt;
mod presets;
mod prove;
mod schedule;
mod score;
mod test;

use std::io::{self, IsTerminal, Write};

use assize::diagnostic::{Diagnostic, Severity};
use assize::text::{Language, Limits, Words};
use assize::{Checked, Scheme};
use chrono::NaiveDate;

use crate::arguments::{Arguments, Verb};
use crate::failure::Failure;
use crate::readings::Readings;
use crate::report::{self, Colour, FileFindings, Format, Settings};
use crate::schemes::{self, Library, SchemeText};
use crate::visible;
use crate::words::words;

/// How a run ended that could be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Clean, passed, all scored.
    Clean,
    /// Something was found, failed, would change, or was refused.
    Found,
}

impl Verdict {
    /// Found if `found`.
    #[must_use]
    pub const fn found_if(found: bool) -> Self {
        if found { Self::Found } else { Self::Clean }
    }
}

/// Whom a run speaks to.
#[derive(Clone, Copy, Debug)]
pub struct Voice {
    /// The language of messages and labels.
    pub language: Language,
    /// When to colour.
    pub colour: Colour,
}

/// Does what the arguments say.
///
/// # Errors
///
/// If the run cannot be made: exit code 2.
pub fn run(arguments: Arguments) -> Result<Verdict, Failure> {
    let voice = Voice {
        language: arguments.lang.into(),
        colour: arguments.color.into(),
    };
    match arguments.verb {
        Verb::Check(arguments) => check::run(&arguments, voice),
        Verb::Fmt(arguments) => fmt::run(&arguments, voice),
        Verb::Test(arguments) => test::run(&arguments, voice),
        Verb::Score(arguments) => score::run(arguments, voice),
        Verb::Explain(arguments) => explain::run(&arguments, voice),
        Verb::Prove(arguments) => prove::run(&arguments, voice),
        Verb::Schedule(arguments) => schedule::run(&arguments, voice),
        Verb::Diff(arguments) => diff::run(&arguments, voice),
        Verb::Presets(arguments) => presets::run(&arguments.verb, voice),
    }
}

impl Voice {
    /// Says something on standard error. Signs that steer a terminal are shown as escapes. Nobody
    /// listening is no failure.
    pub fn tell(self, words: &Words) {
        let text = visible::lines(words.in_language(self.language)).into_owned();
        _ = writeln!(io::stderr(), "{text}");
    }

    fn is_coloured(self, terminal: bool) -> bool {
        let no_color = std::env::var_os("NO_COLOR");
        self.colour.is_on(terminal, no_color.as_deref())
    }

    /// Shows findings to a person on standard error.
    fn show_findings(self, scheme: &SchemeText, diagnostics: &[Diagnostic]) -> io::Result<()> {
        let mut out = io::stderr().lock();
        let file = FileFindings {
            path: &scheme.name,
            text: &scheme.text,
            diagnostics,
        };
        let settings = Settings {
            language: self.language,
            colour: self.is_coloured(io::stderr().is_terminal()),
            fail_level: Severity::Error,
        };
        report::write(&mut out, Format::Full, &[file], settings)
    }

    /// Says that a day chose nothing.
    fn tell_undated(self, name: &str) {
        self.tell(&words!(
            "note: {name} does not say when it is in force; --as-of changes nothing",
            "提示：{name} 没有写明施行日期，--as-of 不起作用"
        ));
    }

    /// The scheme of a text, read as was chosen and in force on the day that was given.
    ///
    /// # Errors
    ///
    /// If it has errors, which are shown, or cannot be read so, or is not in force.
    pub fn scheme(
        self,
        text: &SchemeText,
        readings: &[String],
        day: Option<NaiveDate>,
        library: &Library,
    ) -> Result<Scheme, Failure> {
        self.chosen(text, readings, (day, library), false)
    }

    /// The same, also where the scheme's own examples or guarantees fail; these are shown.
    ///
    /// # Errors
    ///
    /// If it has other errors, which are shown, or cannot be read so, or is not in force.
    pub fn draft(
        self,
        text: &SchemeText,
        readings: &[String],
        day: Option<NaiveDate>,
        library: &Library,
    ) -> Result<Scheme, Failure> {
        self.chosen(text, readings, (day, library), true)
    }

    fn chosen(
        self,
        text: &SchemeText,
        readings: &[String],
        (day, library): (Option<NaiveDate>, &Library),
        is_draft: bool,
    ) -> Result<Scheme, Failure> {
        let readings = Readings::of_flags(readings)?;
        let checked = library.check(text, &readings, Limits::default());
        let scheme = self.usable(text, checked, is_draft)?;
        readings.settled()?;
        if let Some(day) = day
            && !schemes::is_in_force(&text.name, &scheme, day)?
        {
            self.tell_undated(&text.name);
        }
        Ok(scheme)
    }

    /// The scheme of a text that was checked. Its errors are shown if there are any.
    ///
    /// # Errors
    ///
    /// If it has errors.
    fn usable(
        self,
        text: &SchemeText,
        checked: Checked,
        is_draft: bool,
    ) -> Result<Scheme, Failure> {
        if let Some(scheme) = checked.scheme {
            return Ok(scheme);
        }
        let errors: Vec<Diagnostic> = checked
            .diagnostics
            .into_iter()
            .filter(|diagnostic| diagnostic.severity() == Severity::Error)
            .collect();
        self.show_findings(text, &errors)?;
        if let Some(draft) = checked.draft.filter(|_| is_draft) {
            return Ok(draft);
        }
        Err(Failure::InvalidScheme {
            name: text.name.clone(),
            errors: errors.len(),
        })
    }
}

/// Says on standard error why a run could not be made.
pub fn tell_failure(failure: &Failure, language: Language) {
    let Words { en, zh } = failure.words();
    let voice = Voice {
        language,
        colour: Colour::Never,
    };
    voice.tell(&words!("assize: {en}", "assize：{zh}"));
}
