//! The `assize` command.
//!
//! Results go to standard output and everything else to standard error. The exit code is 0 when
//! all is well, 1 when something was found, failed or was refused, 2 when the run could not be
//! made: never anything else, whatever goes wrong.

mod aligned;
mod arguments;
mod cases;
mod failure;
mod lists;
mod parameters;
mod read;
mod readings;
mod records;
mod report;
mod rows;
mod schemes;
mod subjects;
mod system;
mod verbs;
mod visible;
mod words;
mod write;

use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;
use verbs::Verdict;

fn main() -> ExitCode {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let place = place.unwrap_or_else(|| "an unknown place".to_owned());
        _ = writeln!(
            io::stderr(),
            "assize: internal error at {place}; nothing it wrote is to be relied on. Please report it."
        );
    }));
    let arguments = Arguments::parse();
    let language = arguments.lang.into();
    let ended = panic::catch_unwind(AssertUnwindSafe(|| verbs::run(arguments)));
    match ended {
        Ok(Ok(Verdict::Clean)) => ExitCode::SUCCESS,
        Ok(Ok(Verdict::Found)) => ExitCode::from(1),
        Ok(Err(failure)) => {
            if !failure.is_closed_pipe() {
                verbs::tell_failure(&failure, language);
            }
            ExitCode::from(2)
        }
        Err(_) => ExitCode::from(2),
    }
}
