//! A small language for assessment schemes (考评方案): parsed, checked like a program, scored
//! exactly and explained article by article.
//!
//! Data moves one way: text → [`syntax`] → model → plan → values → [`outcome`] and [`explanation`].

pub mod text;
pub mod diagnostic;
pub mod number;
pub mod syntax;
mod model;
mod plan;
mod value;
pub mod input;
pub mod outcome;
pub mod explanation;
mod check;
mod scheme;

pub use check::{code, codes, quotations};
pub use scheme::{Checked, Prepared, Scheme, check, check_within};
