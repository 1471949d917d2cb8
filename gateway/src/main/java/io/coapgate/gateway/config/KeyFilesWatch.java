package io.coapgate.gateway.config;

import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the issuers' key files every two seconds, on a thread of its own: a file system that hangs holds up nobody else. */
public final class KeyFilesWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFilesWatch.class);
    private static final long EVERY_MILLIS = 2_000;

    private final ScheduledThreadPoolExecutor thread;

    private KeyFilesWatch(ScheduledThreadPoolExecutor thread) {
        this.thread = thread;
    }

    public static KeyFilesWatch start(List<FileKeySet> files) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, "key-files-watch");
            daemon.setDaemon(true);
            return daemon;
        });
        for (FileKeySet file : files) {
            var unused =
                    thread.scheduleWithFixedDelay(() -> look(file), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
        return new KeyFilesWatch(thread);
    }

    /** A fault in one look must not end the looking. */
    private static void look(FileKeySet file) {
        try {
            file.look();
        } catch (RuntimeException e) {
            LOG.error("reading a key file failed; the keys stay as they were", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
