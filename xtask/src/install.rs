//! What the tests need and a fresh machine lacks: Debian's packages, npm's packages.

use std::fs;
use std::path::Path;

use crate::report::{Counts, Failed, Outcome};
use crate::{postgres, shell};

/// A need of the tests that a Debian package answers.
struct Need {
    package: &'static str,
    reason: &'static str,
    present: fn() -> bool,
}

const FOR_RUST: &[Need] = &[Need {
    package: "postgresql",
    reason: "every storage test runs on a real PostgreSQL server too",
    present: || postgres::programs().is_some(),
}];

const FOR_BROWSER: &[Need] = &[
    Need {
        package: "chromium",
        reason: "the journeys are played in a real browser",
        present: || {
            let told = std::env::var_os("BENKADI_CHROMIUM").is_some();
            told || Path::new("/usr/bin/chromium").is_file()
        },
    },
    Need {
        package: "poppler-utils",
        reason: "the journeys read what the printed forms say",
        present: || Path::new("/usr/bin/pdftotext").is_file(),
    },
    Need {
        package: "espeak-ng",
        reason: "a machine's voice stands for the people who record fragments",
        present: || Path::new("/usr/bin/espeak-ng").is_file(),
    },
    Need {
        package: "opus-tools",
        reason: "what the program puts together is heard by another program",
        present: || Path::new("/usr/bin/opusdec").is_file(),
    },
];

/// Installs what the Rust tests lack.
pub fn for_rust() -> Outcome {
    packages(FOR_RUST)
}

/// Installs what the browser journeys lack.
pub fn for_browser() -> Outcome {
    if !shell::has("node") || !shell::has("npm") {
        return Err(Failed::told(
            "Node.js 20 or later is not on this machine, and the browser journeys are written for \
             it. Install `nodejs` and `npm`, then try again.",
        ));
    }
    packages(FOR_BROWSER)?;
    npm()
}

fn packages(needs: &[Need]) -> Outcome {
    let missing: Vec<&Need> = needs.iter().filter(|it| !(it.present)()).collect();
    for need in needs {
        let there = if (need.present)() { "is here" } else { "is missing" };
        println!("{} {there}: {}.", need.package, need.reason);
    }
    if missing.is_empty() {
        return Ok(Counts::default());
    }
    let names: Vec<&str> = missing.iter().map(|it| it.package).collect();
    let by_hand = format!("sudo apt-get install {}", names.join(" "));
    if !shell::has("apt-get") {
        return Err(Failed::told(format!(
            "This machine has no apt-get: install {} by its own means, then try again.",
            names.join(" and ")
        )));
    }
    let prefix: &[&str] = if shell::is_root() {
        &[]
    } else if shell::ask("sudo", &["-n", "true"]).is_some() {
        &["sudo"]
    } else {
        return Err(Failed::told(format!(
            "Installing needs root, and sudo asks for a password. Type `{by_hand}`, then try again."
        )));
    };
    let advice = format!("apt-get did not finish. Read what it says above, or type `{by_hand}`.");
    // Another installation may hold the lock: wait for it rather than fail.
    let options = ["-q", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=600"];
    let update = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=600", "update"];
    shell::run(root_command(prefix, &update), &advice)?;
    let install = [&["apt-get"][..], &options, &["install"], &names].concat();
    shell::run(root_command(prefix, &install), &advice)?;
    match missing.iter().find(|it| !(it.present)()) {
        None => Ok(Counts::default()),
        Some(need) => Err(Failed::told(format!(
            "The package `{}` was installed, but what it should bring was not found. Look with \
             `dpkg -L {0}`.",
            need.package
        ))),
    }
}

fn root_command(prefix: &[&str], words: &[&str]) -> std::process::Command {
    let line = [prefix, &["env", "DEBIAN_FRONTEND=noninteractive"], words].concat();
    shell::command(line[0], &line[1..])
}

/// Brings `browser/node_modules` to what the lock file says, unless it is there already.
fn npm() -> Outcome {
    let folder = shell::root().join("browser");
    let wanted = fs::read_to_string(folder.join("package-lock.json"))
        .map_err(|it| Failed::told(format!("browser/package-lock.json cannot be read: {it}")))?;
    let mark = folder.join("node_modules/.installed-from.json");
    if fs::read_to_string(&mark).is_ok_and(|it| it == wanted) {
        println!("npm packages are here: the journeys drive the browser and check accessibility.");
        return Ok(Counts::default());
    }
    let mut command = shell::command("npm", &["ci", "--no-fund", "--no-audit"]);
    command.current_dir(&folder);
    shell::run(
        command,
        "npm could not install browser/package-lock.json: read what it says above.",
    )?;
    fs::write(&mark, wanted)
        .map_err(|it| Failed::told(format!("browser/node_modules cannot be written: {it}")))?;
    Ok(Counts::default())
}
