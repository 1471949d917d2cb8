package io.coapgate.gateway.upstream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;

/** A server that speaks byte by byte what a test tells it to, and records byte by byte what it is told. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Script script;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Collection<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> endings = new ConcurrentLinkedQueue<>();

    /** Serves one connection; the server closes it when the script ends. */
    public interface Script {
        void serve(Peer peer) throws IOException, InterruptedException;
    }

    private RawServer(Script script, ServerSocket listening) {
        this.script = script;
        this.listening = listening;
    }

    public static RawServer start(Script script) throws IOException {
        return start(script, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    public static RawServer start(Script script, ServerSocket listening) {
        RawServer server = new RawServer(script, listening);
        server.threads.execute(server::accept);
        return server;
    }

    /** Answers every request on every connection with these bytes. */
    public static RawServer answering(String response) throws IOException {
        return start(peer -> {
            while (true) {
                peer.read();
                peer.write(response);
            }
        });
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Heads and bodies as they came. */
    public List<String> requests() {
        return requests;
    }

    /** Whose certificate was shown, connection by connection; of TLS servers that ask for one. */
    public List<String> clients() {
        return clients;
    }

    public int connections() {
        return connections.get();
    }

    /** One entry for each connection that the client has ended. */
    int ended() {
        return endings.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                sockets.add(socket);
                int number = connections.incrementAndGet();
                threads.execute(() -> serve(socket, number));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            socket.setTcpNoDelay(true);
            if (socket instanceof SSLSocket secure && secure.getNeedClientAuth()) {
                clients.add(secure.getSession().getPeerPrincipal().toString());
            }
            script.serve(new Peer(socket, number));
        } catch (IOException e) {
            endings.add(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }

    public final class Peer {
        private final Socket socket;
        private final int number;
        private final InputStream in;

        Peer(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.number = number;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /** Counted from 1. */
        public int number() {
            return number;
        }

        /** The next request, head and body. */
        public String read() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("client closed");
                }
                head.write(next);
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            String request = text + new String(in.readNBytes(contentLength(text)), StandardCharsets.ISO_8859_1);
            requests.add(request);
            return request;
        }

        private static int contentLength(String head) {
            return head.lines()
                    .filter(line -> line.startsWith("content-length: "))
                    .mapToInt(line -> Integer.parseInt(line.substring(16)))
                    .findFirst()
                    .orElse(0);
        }

        /** So many bytes, whatever they are. */
        public byte[] read(int count) throws IOException {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new EOFException("client closed");
            }
            return bytes;
        }

        public void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        public void write(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** One packet for each byte, with a little time between them. */
        public void drip(String bytes) throws IOException, InterruptedException {
            for (int i = 0; i < bytes.length(); i++) {
                write(bytes.substring(i, i + 1));
                pause(1);
            }
        }

        public void pause(long millis) throws IOException, InterruptedException {
            if (closing.await(millis, TimeUnit.MILLISECONDS)) {
                throw new IOException("server closing");
            }
        }

        /** Until the client closes. */
        public void awaitEnd() throws IOException {
            if (in.read() < 0) {
                throw new EOFException("client closed");
            }
            throw new IOException("client said more");
        }

        /** Closes with a TCP RST. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
