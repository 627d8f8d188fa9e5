//! The welfare scheme in both keyword languages.

use super::{clean, show};

#[test]
fn english_sample() {
    let parsed = clean(include_str!("schemes/welfare-en.scheme"));
    println!("{}", show::tree(&parsed.tree));
}

#[test]
fn chinese_sample() {
    let parsed = clean(include_str!("schemes/welfare-zh.scheme"));
    println!("{}", show::tree(&parsed.tree));
}
