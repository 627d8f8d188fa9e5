//! The `assize` command.
#[cfg_attr(not(test), expect(dead_code, reason = "no verb shows findings yet"))]
mod report;
fn main() {}
