//! A small language for assessment schemes (考评方案): parsed, checked like a program, scored
//! exactly and explained article by article.

pub mod diagnostic;
pub mod input;
mod model;
mod plan;
mod value;
pub mod number;
pub mod outcome;
pub mod syntax;
pub mod text;
