package io.coapgate.gateway.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lines in a file of the state directory, which any number of gateways append to, one at a time. Whoever has its turn has read
 * all that others wrote before, and what it appends is on the disk when it goes on. A last line without its end was never acted
 * upon, and is passed over; anything else that can't be read is an error, and stays one. Not thread-safe.
 */
final class SharedLines {
    /** A file that has so many lines more than twice those that it needs is written anew. */
    private static final int SLACK_LINES = 1_000;

    private final LinesFile file;
    private final Path directory;
    private final Path lockFile;
    private final Reader reader;
    private String header = "";
    private long offset;
    private long lines;

    /** Takes what is in the file. */
    interface Reader {
        /** All of it comes again. */
        void restart();

        /** @return false if it is no such line */
        boolean read(String line);
    }

    /** @param name of the file, which need not be there */
    SharedLines(Path directory, String name, Reader reader, SecureRandom random) {
        this.file = new LinesFile(directory, name, random);
        this.directory = directory;
        this.lockFile = directory.resolve(name + ".lock");
        this.reader = reader;
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
            String name = file.path().toString();
            throw new ConfigException(
                    List.of(new ConfigProblem(name, e.line(), 1, "", "is not as it was written", advice)));
        } catch (IOException e) {
            throw StateDirectory.problem(
                    file.path(),
                    "can't be read and written",
                    "give the gateway's user a state directory that it may write");
        }
    }

    /**
     * Waits for the others, reads what they wrote, and keeps them out until the turn is closed.
     *
     * @throws CorruptLinesException if the file is not as it was written
     * @throws IOException if it can't be read, or the others take too long
     */
    Turn take() throws IOException {
        PrivateFiles.createDirectory(directory);
        StateLock lock = StateLock.take(lockFile);
        try {
            if (!file.exists()) {
                file.replace(List.of());
            }
            readOn();
            return new Turn(lock);
        } catch (IOException | RuntimeException e) {
            lock.release();
            throw e;
        }
    }

    private void readOn() throws IOException {
        try (FileChannel channel = file.open()) {
            String found = file.header(channel);
            if (!found.equals(header) || channel.size() < offset) {
                reader.restart();
                header = found;
                offset = LinesFile.HEADER_BYTES;
                lines = 0;
            }
            List<String> some = file.lines(channel, offset, lines + 1);
            while (!some.isEmpty()) {
                readAll(some);
                some = file.lines(channel, offset, lines + 1);
            }
        } catch (IOException e) {
            header = ""; // what has been read is not all of it
            throw e;
        }
    }

    private void readAll(List<String> some) throws CorruptLinesException {
        for (String line : some) {
            lines++;
            if (CheckedLine.read(line).filter(reader::read).isEmpty()) {
                throw new CorruptLinesException(file.path(), lines + 1);
            }
            offset += line.length() + 1;
        }
    }

    /** The time in which nobody else reads or writes. */
    final class Turn implements AutoCloseable {
        private final StateLock lock;

        private Turn(StateLock lock) {
            this.lock = lock;
        }

        /**
         * Keeps one more line, or writes the file anew if it has many more than it needs. On the disk when this returns.
         *
         * @param line of printable ASCII
         * @param needed how many the file needs, about
         * @param all that it needs, with this one
         * @throws IOException if it can't be kept; everything is read again then
         */
        void keep(String line, int needed, Supplier<List<String>> all) throws IOException {
            String before = header;
            header = "";
            if (lines > 2L * needed + SLACK_LINES) {
                file.replace(all.get().stream().map(CheckedLine::of).toList());
                return;
            }
            String checked = CheckedLine.of(line);
            file.append(checked, offset);
            offset += checked.length() + 1;
            lines++;
            header = before;
        }

        /** The file as it is now, all of it read; empty if what was kept has not been read back. */
        Optional<FileState> state() {
            return header.isEmpty() ? Optional.empty() : FileState.of(file.path());
        }

        @Override
        public void close() throws IOException {
            lock.release();
        }
    }
}
