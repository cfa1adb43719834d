//! A post that serves its pages, asked over the network.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use kernel::Failure;
use web::{App, Catalogue, Shell};

use super::Post;

/// Serves the pages of a post and runs `asks` with its address.
pub fn serve(post: &Post, asks: impl FnOnce(SocketAddr)) {
    post.base.db.write(identity::migrate).unwrap();
    let shell = Shell {
        menu: vec![("/suivi", "nav-monitoring")],
        status: Vec::new(),
        places: Vec::new(),
        duties: Vec::new(),
        place_name: |_, _, _| Ok(None),
        pdf: |document| pdf::write(document).map_err(Failure::broken),
        paper: |_| Err(Failure::NotFound),
        picture: |svg, width| pdf::picture(svg, width).map_err(Failure::broken),
    };
    let mut words = web::words().to_vec();
    words.push(graphics::words());
    words.extend(monitoring::words());
    words.extend([territory::words(), register::words()]);
    let app = App::new(post.journal.clone(), Catalogue::new(&words).unwrap(), shell);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let listening = runtime
        .block_on(web::listen(app, monitoring::routes(), ([127, 0, 0, 1], 0).into()))
        .unwrap();
    let address = listening.address;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = runtime.spawn(listening.run(async {
        let _ = stopped.await;
    }));
    asks(address);
    let _ = stop.send(());
    runtime.block_on(served).unwrap().unwrap();
}

pub fn get(server: SocketAddr, path: &str) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(server).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), bytes[end + 4..].to_vec())
}

pub fn text(server: SocketAddr, path: &str) -> String {
    let (status, body) = get(server, path);
    let text = String::from_utf8_lossy(&body).into_owned();
    assert_eq!(status, 200, "{path}: {text}");
    text
}

/// The pages of a PDF, whether or not its writer leaves a blank before a name. Never none: a count
/// of zero would hold to any limit.
pub fn pages(pdf: &[u8]) -> usize {
    let count = |needle: &[u8]| {
        let found = pdf.windows(needle.len() + 1).filter(|it| it.starts_with(needle));
        found.filter(|it| it[needle.len()] != b's').count()
    };
    let pages = count(b"/Type/Page") + count(b"/Type /Page");
    assert_ne!(pages, 0, "no page was found");
    pages
}
