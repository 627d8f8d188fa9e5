//! The `assize` command.

#[allow(dead_code, unused_imports)]
mod read;
mod words;
#[allow(dead_code, unused_imports)]
mod write;

fn main() {}
