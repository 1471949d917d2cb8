package io.coapgate.gateway.config;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Lines in a file of the state directory, which any number of gateways append to, one at a time. Whoever has its turn has read
 * all that others wrote before, and what it appends is on the disk when it goes on. Each line has a checksum. A last line without its
 * end was never acted upon, and is cut off; anything else that can't be read is an error, and stays one. Not thread-safe.
 */
final class SharedLines {
    /** A file that many lines too long is written anew. */
    private static final int SLACK_LINES = 1_000;

    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int GENERATION_BYTES = 8;
    private static final int CHECK_DIGITS = 8;
    private static final String MAGIC = "coapgate-1 ";
    private static final int HEADER_BYTES = MAGIC.length() + 2 * GENERATION_BYTES + 1;

    private final Path file;
    private final Reader reader;
    private final SecureRandom random;
    private String generation = "";
    private long offset;
    private long lines;

    /** Takes what is in the file. */
    interface Reader {
        /** All of it comes again. */
        void restart();

        /** @return false if it is no such line */
        boolean read(String line);
    }

    /** @param file in the state directory; need not be there */
    SharedLines(Path file, Reader reader, SecureRandom random) {
        this.file = file;
        this.reader = reader;
        this.random = random;
    }

    /**
     * Has a turn and does nothing with it.
     *
     * @param advice if the file is not as it was written
     * @throws ConfigException if there is no turn to be had
     */
    void open(String advice) throws ConfigException {
        try {
            take().close();
        } catch (CorruptLinesException e) {
            throw new ConfigException(
                    List.of(new ConfigProblem(file.toString(), e.line(), 1, "", "is not as it was written", advice)));
        } catch (IOException e) {
            throw StateDirectory.problem(
                    file, "can't be read and written", "give the gateway's user a state directory that it may write");
        }
    }

    /**
     * Waits for the others, reads what they wrote, and keeps them out until the turn is closed.
     *
     * @throws CorruptLinesException if the file is not as it was written
     * @throws IOException if it can't be read, or the others take too long
     */
    Turn take() throws IOException {
        PrivateFiles.createDirectory(directory());
        StateLock lock = StateLock.take(file.resolveSibling(file.getFileName() + ".lock"));
        try {
            if (!Files.exists(file)) {
                replace("");
            }
            readOn();
            return new Turn(lock);
        } catch (IOException | RuntimeException e) {
            lock.release();
            throw e;
        }
    }

    private Path directory() throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " is in no directory");
        }
        return parent;
    }

    private void readOn() throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            String found = header(channel);
            if (!found.equals(generation) || channel.size() < offset) {
                reader.restart();
                generation = found;
                offset = HEADER_BYTES;
                lines = 0;
            }
            while (readChunk(channel)) {
                // until all of it is read
            }
        } catch (IOException e) {
            generation = ""; // what has been read is not all of it
            throw e;
        }
    }

    /** @return whether there may be more */
    private boolean readChunk(FileChannel channel) throws IOException {
        String text = text(channel, offset, CHUNK_BYTES);
        int end = text.lastIndexOf('\n') + 1;
        for (String line : text.substring(0, end).lines().toList()) {
            readLine(line);
        }
        offset += end;
        if (end > 0 || text.isEmpty()) {
            return end > 0;
        }
        if (text.length() == CHUNK_BYTES) {
            throw new CorruptLinesException(file, lines + 2); // no line is so long
        }
        channel.truncate(offset);
        return false;
    }

    private String header(FileChannel channel) throws IOException {
        String header = text(channel, 0, HEADER_BYTES);
        if (!header.matches(MAGIC + "[0-9a-f]{" + 2 * GENERATION_BYTES + "}\n")) {
            throw new CorruptLinesException(file, 1);
        }
        return header;
    }

    private void readLine(String line) throws CorruptLinesException {
        int end = line.length() - CHECK_DIGITS - 1;
        boolean sound = end > 0 && line.equals(checked(line.substring(0, end))) && reader.read(line.substring(0, end));
        lines++;
        if (!sound) {
            throw new CorruptLinesException(file, lines + 1);
        }
    }

    /** Less only at the end of the file. */
    private static String text(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // until all of it is there
        }
        return new String(bytes.array(), 0, bytes.position(), US_ASCII);
    }

    private static String checked(String line) {
        CRC32C crc = new CRC32C();
        crc.update(line.getBytes(US_ASCII));
        return line + " " + HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** Puts a new file in the place of this one, which everybody reads from its beginning. */
    private void replace(String text) throws IOException {
        generation = "";
        byte[] fresh = new byte[GENERATION_BYTES];
        random.nextBytes(fresh);
        removeUnfinished();
        Path beside = file.resolveSibling(file.getFileName() + "." + Long.toHexString(random.nextLong()) + ".new");
        PrivateFiles.replace(file, beside, MAGIC + HexFormat.of().formatHex(fresh) + "\n" + text);
    }

    /** What a process left that ended while it wrote; it held the lock then, so that it is over. */
    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory(), file.getFileName() + ".*.new")) {
            for (Path unfinished : left) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    /** The time in which nobody else reads or writes. */
    final class Turn implements AutoCloseable {
        private final StateLock lock;

        private Turn(StateLock lock) {
            this.lock = lock;
        }

        /**
         * On the disk when this returns.
         *
         * @param line of printable ASCII
         * @throws IOException if it can't be kept; everything is read again then
         */
        void append(String line) throws IOException {
            byte[] bytes = (checked(line) + "\n").getBytes(US_ASCII);
            try (FileChannel channel = FileChannel.open(file, WRITE)) {
                write(channel, ByteBuffer.wrap(bytes));
            }
            offset += bytes.length;
            lines++;
        }

        private void write(FileChannel channel, ByteBuffer bytes) throws IOException {
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes, offset + bytes.position());
                }
                channel.force(false);
            } catch (IOException e) {
                generation = "";
                channel.truncate(offset); // so that nobody takes it for kept
                throw e;
            }
        }

        /** Whether the file has many more lines than it needs. */
        boolean isLong(int needed) {
            return lines > 2L * needed + SLACK_LINES;
        }

        /** Writes the file anew; after a crash it is the old one or the new one. */
        void rewrite(Collection<String> needed) throws IOException {
            StringBuilder text = new StringBuilder();
            needed.forEach(line -> text.append(checked(line)).append('\n'));
            replace(text.toString());
        }

        @Override
        public void close() throws IOException {
            lock.release();
        }
    }
}
