//! Opens the program at an address.

use std::io::Write;

use kernel::{Failure, Message};

use super::fill;
use crate::cli::{Base, Content, Serve};
use crate::say::{Refusal, Voice};
use crate::{assembly, content};

pub fn serve(base: &Base, options: &Serve, voice: &Voice) -> Result<(), Refusal> {
    let journal = assembly::create(base)?;
    if content::is_unsettled(&journal)? {
        let content = if options.empty { Content::Empty } else { Content::Example };
        fill(&journal, content, voice, |_| Ok(()))?;
    }
    // The client of PostgreSQL must not be closed from a thread of the runtime: this handle outlives
    // it, being declared before.
    let _outlives = journal.clone();
    if base.database.is_none() {
        monitoring::cube::keep_in(&base.data);
    }
    let app = assembly::app(journal)?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let served = runtime.block_on(async {
        let listening =
            web::listen(app, assembly::routes(), options.listen).await.map_err(|it| {
                Refusal::from(
                    Message::new("command-cannot-listen")
                        .with("address", options.listen)
                        .with("reason", it),
                )
            })?;
        let address = format!("http://{}/", listening.address);
        voice.done(
            &Message::new("command-ready").with("address", &address),
            serde_json::json!({ "address": address }),
        );
        // Whoever waits for the line through a pipe must not wait for a full buffer.
        std::io::stdout().flush()?;
        listening.run(stop()).await.map_err(|it| Failure::broken(it).into())
    });
    monitoring::cube::settle();
    served
}

/// Ends when the operator or the system asks.
async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
