#![no_main]

#[path = "../properties/number.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|text: &str| property::holds(text));
