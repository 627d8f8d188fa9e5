//! A small language for assessment schemes (考评方案): parsed, checked like a program, scored
//! exactly and explained article by article.
//!
//! A regulation that decides marks, grades and pay becomes a text that its author can read, and
//! that a program can compute:
//!
//! ```
//! use assize::input::Subject;
//! use assize::outcome::{Outcome, ResultValue};
//! use assize::text::Language;
//!
//! let text = r#"
//! scheme shop-service "门店服务考核" {
//!     assesses shop "门店" every month
//!     out of 100 cite "一"
//!     input complaints "有效投诉" : count, lower is better
//!     item service "服务" out of 100 cite "二" {
//!         start at 100
//!         deduct 7.5 per complaints cite "二、1"
//!         not below 0 cite "二、2"
//!     }
//!     grade "等次" by total cite "三" {
//!         from 90   => 合格
//!         otherwise => 不合格
//!     }
//! }
//! "#;
//!
//! // What is wrong with the text is data, with places and words; a scheme without errors scores.
//! let checked = assize::check(text);
//! let scheme = checked.scheme.ok_or("the text has errors")?;
//! let prepared = scheme.prepare(Subject::default()).map_err(|refusal| refusal.message.en)?;
//!
//! let subject = Subject::new([("complaints", 2)]);
//! let (outcome, explanation) = prepared.explain(&subject);
//! let Outcome::Ok(scored) = outcome else { panic!("refused") };
//! assert_eq!(scored.get("total").and_then(ResultValue::as_figure), Some(&85_i64.into()));
//! assert_eq!(scored.get("grade").and_then(ResultValue::as_text), Some("不合格"));
//! assert!(explanation.to_text(Language::Chinese).contains("〔二、1〕"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The example `embed` shows the rest: subjects from a struct, threads, typed results, JSON.
//!
//! A text that names other schemes, or that can be read in several ways, is checked with a
//! [`Checker`]: it is told where those schemes are ([`Checker::beside`]) and which alternative of a
//! [`Reading`] to take ([`Checker::reading`]). What a scheme holds without numbers comes from
//! [`Scheme::procedures`] and [`Scheme::indicators`]; [`Scheme::schedule`] says when each step is due,
//! and [`Scheme::audit`] what a record of what was done lacks. What a reader of data needs to know of
//! lists and rows is in [`input::FieldShape`].
//!
//! # The way of the data
//!
//! Data moves one way, and each step is a module:
//!
//! | | |
//! |---|---|
//! | [`text`] | the places in a text, and the limits that it must keep |
//! | [`syntax`] | what was written, with holes where it made no sense; the formatter |
//! | model, plan | what is meant, and what is to be done step by step; [`check`] makes them |
//! | [`diagnostic`] | what is wrong with a text; [`codes`] lists every finding with its page |
//! | [`input`] | the data of one subject, from a struct, a format or by hand |
//! | [`number`] | exact arithmetic with rounding only where it is written |
//! | [`outcome`] | what comes out: results, no result, or a refusal |
//! | [`explanation`] | why, line by line, with the article of each line |
//! | [`prospect`] | what one subject could still change: the next grade, lost points, what is still possible |
//! | [`trial`] | how well the examples of a scheme try it |
//! | [`difference`] | what changed in meaning between two schemes |
//! | [`procedure`], [`indicator`] | what has no numbers: steps with their days, and what is observed |
//!
//! The library reads no file, clock, locale or environment and starts no thread: the same text and
//! data give the same bytes everywhere. [`Prepared`] can be shared between threads.
//!
//! # Where precision ends
//!
//! Nowhere by itself. Literals and data are decimals of at most 28 places and 96 bits; one that is
//! longer is refused at its place, and binary floating point is refused everywhere. From there on
//! figures are exact fractions, results too: 52/3 comes out as `52/3`. Digits leave only at a
//! rounding that the scheme declares. A figure that grows beyond 8,192 bits, as by squaring over
//! and over, is a fault of that subject.
//!
//! An error never means "no deduction": data that cannot be right gives
//! [`Outcome::Error`](outcome::Outcome::Error) for that subject, and a figure that is missing takes
//! the rule that the scheme wrote, or the scheme is refused before it scores anybody.
//!
//! # Limits
//!
//! Texts may come from strangers. [`text::Limits`] bounds size, nesting and the number of findings
//! before anything else looks at a text; [`check_within`] takes other limits than the default ones.

pub mod text;

pub mod diagnostic;

pub mod syntax;

mod model;

mod plan;

mod value;

mod check;

pub mod prove;

pub mod difference;

pub mod number;

mod calendar;

pub mod input;

pub mod outcome;

pub mod procedure;

pub mod indicator;

pub mod explanation;

pub mod trial;

pub mod prospect;

mod scheme;

mod smt;

pub use check::{ExampleRun, code, codes, quotations};
pub use scheme::{Checked, Checker, Prepared, Reading, Scheme, TakenReading, check, check_within};
pub use smt::Inexpressible;

/// The programs on the pages for newcomers compile and run.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../README.md")]
    mod english {}
    #[doc = include_str!("../README.zh.md")]
    mod chinese {}
}
