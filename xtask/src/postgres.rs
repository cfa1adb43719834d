//! A real PostgreSQL server for the tests: a new one each time, on a free port, gone afterwards.

use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::report::Failed;
use crate::shell;

/// The folder of PostgreSQL's own programs, the newest if there are several. Debian keeps them
/// off the path.
pub fn programs() -> Option<PathBuf> {
    let version =
        |it: &PathBuf| -> Option<u32> { it.parent()?.file_name()?.to_str()?.parse().ok() };
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = installed
        .map(|it| it.path().join("bin"))
        .filter(|it| it.join("initdb").is_file() && it.join("pg_ctl").is_file())
        .max_by_key(version);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut others = std::env::split_paths(&path);
    debian.or_else(|| others.find(|it| it.join("initdb").is_file() && it.join("pg_ctl").is_file()))
}

/// A running server. It stops, and its folder goes, when this is dropped or this program dies.
pub struct Server {
    /// What the tests connect to.
    pub address: String,
    // Holds the only end of a pipe whose closing tells it to stop the server: however this
    // program ends, even killed, the system closes it.
    keeper: Child,
}

impl Server {
    /// Starts a server on a free port of this machine.
    pub fn start() -> Result<Self, Failed> {
        let programs = programs().ok_or_else(|| {
            Failed::told("PostgreSQL was not found. Type `apt-get install postgresql`.")
        })?;
        let folder = std::env::temp_dir().join(format!("benkadi-postgres-{}", std::process::id()));
        let broken = |it: std::io::Error| {
            Failed::told(format!("{} cannot be made: {it}. Free some space?", folder.display()))
        };
        fs::create_dir(&folder).map_err(broken)?;
        let owner = Owner::choose(&folder)?;
        let data = folder.join("data");
        let data = data.to_string_lossy();
        let keeper = keeper(&folder, &owner.words(&programs, "pg_ctl", &stop(&data)))?;

        let mut initdb = owner.command(&folder, &programs, "initdb", &["-D", &data]);
        initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"]);
        initdb.args(["--no-sync", "--no-instructions"]).stdout(Stdio::null());
        // From here on, leaving early drops `server`, which clears the folder.
        let mut server = Self { address: String::new(), keeper };
        shell::run(initdb, "PostgreSQL could not prepare its folder: read what it says above.")?;

        // Another program may take the port between our look and the server's: then look again.
        for _ in 0..3 {
            let port = free_port()?;
            // The tests make and drop hundreds of bases: what survives a power cut is not asked.
            let settings = format!(
                "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{}' \
                 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
                 -c max_connections=200",
                folder.display()
            );
            let log = folder.join("log");
            let log = log.to_string_lossy();
            let start = ["-D", &data, "-l", &log, "-w", "-s", "-o", &settings, "start"];
            let mut start = owner.command(&folder, &programs, "pg_ctl", &start);
            if start.status().is_ok_and(|it| it.success()) {
                server.address = format!("postgresql://postgres@127.0.0.1:{port}/postgres");
                println!("PostgreSQL listens at {}", server.address);
                return Ok(server);
            }
        }
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        Err(Failed::told(format!("PostgreSQL does not start. Its log says:\n{log}")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

fn stop(data: &str) -> [&str; 7] {
    ["-D", data, "-m", "immediate", "-w", "-s", "stop"]
}

/// Waits for the end of its input, then stops the server and clears its folder. In a group of
/// its own, so that Ctrl+C on the terminal does not end it first.
fn keeper(folder: &Path, stop: &[String]) -> Result<Child, Failed> {
    let script = "trap '' HUP INT TERM; cat >/dev/null; \"$@\" >/dev/null 2>&1; rm -rf \"$0\"";
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(folder).args(stop).current_dir("/");
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    command.spawn().map_err(|it| Failed::told(format!("`sh` cannot be started: {it}")))
}

fn free_port() -> Result<u16, Failed> {
    let bound = TcpListener::bind(("127.0.0.1", 0)).and_then(|it| it.local_addr());
    let none = |it| Failed::told(format!("No port is free on 127.0.0.1: {it}"));
    bound.map(|it| it.port()).map_err(none)
}

/// Who runs the server: PostgreSQL refuses to run as root.
enum Owner {
    Me,
    Other(&'static str),
}

impl Owner {
    fn choose(folder: &Path) -> Result<Self, Failed> {
        if !shell::is_root() {
            return Ok(Self::Me);
        }
        let known = shell::ask("id", &["-u", "postgres"]).is_some();
        let name = if known { "postgres" } else { "nobody" };
        let folder = folder.to_string_lossy();
        let given = shell::ask("chown", &[name, &folder]).is_some();
        let refused = || Failed::told(format!("{folder} cannot be given to the user `{name}`."));
        given.then_some(Self::Other(name)).ok_or_else(refused)
    }

    fn words(&self, programs: &Path, program: &str, arguments: &[&str]) -> Vec<String> {
        let program = programs.join(program).to_string_lossy().into_owned();
        let mut words: Vec<String> = match self {
            Self::Me => Vec::new(),
            Self::Other(name) => ["runuser", "-u", name, "--"].map(String::from).to_vec(),
        };
        words.push(program);
        words.extend(arguments.iter().map(|&it| it.to_owned()));
        words
    }

    fn command(&self, at: &Path, programs: &Path, program: &str, arguments: &[&str]) -> Command {
        let words = self.words(programs, program, arguments);
        let rest: Vec<&str> = words[1..].iter().map(String::as_str).collect();
        let mut command = shell::command(&words[0], &rest);
        command.current_dir(at);
        command
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn a_server_answers_and_leaves_nothing_behind() {
        let folder = std::env::temp_dir().join(format!("benkadi-postgres-{}", std::process::id()));
        let server = Server::start().map_err(|it| it.sentence).unwrap();
        let (_, rest) = server.address.split_once('@').unwrap();
        let listening = rest.split('/').next().unwrap().to_owned();
        assert!(TcpStream::connect(&listening).is_ok(), "{listening} does not answer");
        drop(server);
        assert!(TcpStream::connect(&listening).is_err(), "{listening} still answers");
        assert!(!folder.exists(), "{} is still there", folder.display());
    }
}
