//! The `assize` command.
#[allow(dead_code, unused_imports)]
mod read;
#[allow(dead_code, unused_imports)]
mod report;
mod words;
#[allow(dead_code, unused_imports)]
mod write;

fn main() {}
