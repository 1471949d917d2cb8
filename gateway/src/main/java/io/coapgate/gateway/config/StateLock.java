package io.coapgate.gateway.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Held by one process, or one part of it, at a time: a lock on a file that is never removed. It ends with the process that
 * holds it, however that ends.
 */
final class StateLock {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 20;

    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for others for up to 10 s.
     *
     * @throws IOException if they take longer, or the file can't be made
     */
    static StateLock take(Path file) throws IOException {
        FileChannel channel = PrivateFiles.openShared(file);
        try {
            for (long left = PATIENCE.toMillis() / PAUSE_MILLIS; left > 0; left--) {
                if (tryLock(channel) != null) {
                    return new StateLock(channel);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException(file + " is held by another process");
    }

    /** Null while another process holds it, or another part of this one. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    void release() throws IOException {
        channel.close();
    }
}
