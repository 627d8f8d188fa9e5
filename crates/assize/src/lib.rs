//! A small language for assessment schemes (考评方案): parsed, checked like a program, scored
//! exactly and explained article by article.
//!
//! Data moves one way: text → [`syntax`] → model → plan → values → [`outcome`] and [`explanation`].

mod check;
pub mod diagnostic;
pub mod explanation;
pub mod input;
mod model;
pub mod number;
pub mod outcome;
mod plan;
mod scheme;
pub mod syntax;
pub mod text;
mod value;

pub use check::{ExampleRun, code, codes, quotations};
pub use scheme::{Checked, Prepared, Scheme, check, check_within};

/// The programs on the pages for newcomers compile and run.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../README.md")]
    mod english {}
    #[doc = include_str!("../README.zh.md")]
    mod chinese {}
}
