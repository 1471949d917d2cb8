package io.coapgate.gateway.config;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a file, and what else belongs to it, on a thread of its own. The directory's events make it quick; a
 * look every two seconds makes it sure, where events get lost or don't exist, as on network file systems and behind swapped
 * symbolic links.
 * Waits until a file has been left alone for a moment, so that none is read half written.
 */
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final long POLL_MILLIS = 2_000;
    private static final long QUIET_MILLIS = 250;

    private final Watched watched;
    private final WatchService events;
    private final Thread thread;

    private FileWatch(String name, Watched watched, Path file, WatchService events) {
        this.watched = watched;
        this.events = events;
        this.thread = new Thread(() -> run(file), name);
        this.thread.setDaemon(true);
    }

    /**
     * Begins to watch.
     *
     * @param name of the thread
     * @throws IOException if the system can watch no directory
     */
    public static FileWatch start(String name, Path file, Watched watched) throws IOException {
        Path path = file.toAbsolutePath();
        Path directory = path.getParent();
        WatchService events = path.getFileSystem().newWatchService();
        if (directory != null) {
            directory.register(events, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
        }
        FileWatch watch = new FileWatch(name, watched, path, events);
        watch.thread.start();
        return watch;
    }

    private void run(Path file) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                await(POLL_MILLIS);
                if (watched.isStale()) {
                    awaitQuiet();
                    check();
                }
            }
        } catch (InterruptedException | java.nio.file.ClosedWatchServiceException e) {
            LOG.debug("no longer watching {}", file);
        }
    }

    private void awaitQuiet() throws InterruptedException {
        var before = watched.changes();
        for (int i = 0; i < 20; i++) { // a file that never rests is read all the same
            await(QUIET_MILLIS);
            var now = watched.changes();
            if (now.equals(before)) {
                return;
            }
            before = now;
        }
    }

    /** A fault in one reading must not end the watching. */
    private void check() {
        try {
            watched.follow();
        } catch (RuntimeException e) {
            LOG.error("what changed could not be taken over; all stays as it was", e);
        }
    }

    private void await(long millis) throws InterruptedException {
        WatchKey key = events.poll(millis, MILLISECONDS);
        if (key != null) {
            key.pollEvents();
            key.reset();
        }
    }

    /** Stops watching. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            events.close();
        } catch (IOException e) {
            LOG.debug("closing the watch failed", e);
        }
    }
}
