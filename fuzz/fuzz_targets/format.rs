#![no_main]

#[path = "../properties/format.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|text: &str| property::holds(text));
