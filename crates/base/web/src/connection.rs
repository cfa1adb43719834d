//! Connections that say nothing are closed: a visitor who opens many and sends no request, or one
//! letter a minute, must not keep the others out.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request};
use axum::middleware::Next;
use axum::response::Response;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, Sleep};

/// The head of a request must be whole within this time after the connection began or after the
/// last answer moved: 60 s. What comes after the head is bounded where it is received.
const SILENCE: Duration = Duration::from_secs(60);

/// Listens, and closes what stays silent.
pub(crate) struct Watched(pub(crate) TcpListener);

impl Listener for Watched {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        (Connection::new(stream, SILENCE), address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A connection with its patience.
pub(crate) struct Connection {
    stream: TcpStream,
    patience: Duration,
    deadline: Pin<Box<Sleep>>,
    /// How many requests are being answered.
    busy: Arc<AtomicUsize>,
}

impl Connection {
    fn new(stream: TcpStream, patience: Duration) -> Self {
        let deadline = Box::pin(tokio::time::sleep(patience));
        Self { stream, patience, deadline, busy: Arc::default() }
    }

    fn moved(&mut self) {
        self.deadline.as_mut().reset(Instant::now() + self.patience);
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.busy.load(Ordering::Acquire) != 0 {
            // Whoever waits for our answer is not silent.
            self.moved();
        }
        if self.deadline.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(context, bytes);
        if done.is_ready() {
            self.moved();
        }
        done
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        if done.is_ready() {
            self.moved();
        }
        done
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// The other end of a connection.
#[derive(Clone)]
pub(crate) struct Peer {
    address: SocketAddr,
    busy: Arc<AtomicUsize>,
}

impl Connected<IncomingStream<'_, Watched>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Watched>) -> Self {
        Self { address: *stream.remote_addr(), busy: stream.io().busy.clone() }
    }
}

/// Counts a request as being answered until it is dropped.
struct Busy(Arc<AtomicUsize>);

impl Busy {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::AcqRel);
        Self(count.clone())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Says that a request is being answered, and by whom it was made.
pub(crate) async fn attend(mut request: Request, next: Next) -> Response {
    let peer = request.extensions_mut().remove::<ConnectInfo<Peer>>();
    let Some(ConnectInfo(peer)) = peer else { return next.run(request).await };
    request.extensions_mut().insert(ConnectInfo(peer.address));
    let _busy = Busy::new(&peer.busy);
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    async fn pair(patience: Duration) -> (Connection, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let other = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        (Connection::new(listener.accept().await.unwrap().0, patience), other)
    }

    async fn read(connection: &mut Connection) -> io::Result<usize> {
        connection.read(&mut [0; 16]).await
    }

    #[tokio::test]
    async fn silence_ends_a_connection_and_a_letter_now_and_then_does_not_save_it() {
        let (mut connection, mut other) = pair(Duration::from_millis(200)).await;
        let error = loop {
            // One letter as often as the connection is read.
            let _ = other.write_all(b"G").await;
            if let Err(error) = read(&mut connection).await {
                break error;
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn whoever_waits_for_an_answer_is_not_sent_away() {
        let (mut connection, mut other) = pair(Duration::from_millis(50)).await;
        let busy = Busy::new(&connection.busy);
        let long = Duration::from_millis(150);
        assert!(tokio::time::timeout(long, read(&mut connection)).await.is_err(), "it waits");
        other.write_all(b"more").await.unwrap();
        assert_eq!(read(&mut connection).await.unwrap(), 4);
        drop(busy);
        assert_eq!(read(&mut connection).await.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}
