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

/**
 * A file of {@linkplain CheckedLine checked lines} that only its owner may read. The first line is a header, which is another one
 * whenever the file is written anew: by an inode that could not be told. For one reader or writer at a time.
 */
final class LinesFile {
    private static final String MAGIC = "coapgate-1 ";
    private static final int GENERATION_BYTES = 8;

    /** Of the header; the first line begins there. */
    static final int HEADER_BYTES = MAGIC.length() + 2 * GENERATION_BYTES + 1;

    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path file;
    private final Path directory;
    private final SecureRandom random;

    LinesFile(Path directory, String name, SecureRandom random) {
        this.file = directory.resolve(name);
        this.directory = directory;
        this.random = random;
    }

    Path path() {
        return file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    FileChannel open() throws IOException {
        return FileChannel.open(file, READ, WRITE);
    }

    String header(FileChannel channel) throws IOException {
        String header = text(channel, 0, HEADER_BYTES);
        if (!header.matches(MAGIC + "[0-9a-f]{" + 2 * GENERATION_BYTES + "}\n")) {
            throw new CorruptLinesException(file, 1);
        }
        return header;
    }

    /**
     * Some of the lines from there on; none at the end. A last line that does not end is cut off.
     *
     * @param before how many lines are before it, for messages
     */
    List<String> lines(FileChannel channel, long from, long before) throws IOException {
        String text = text(channel, from, CHUNK_BYTES);
        int end = text.lastIndexOf('\n') + 1;
        if (end == 0 && text.length() == CHUNK_BYTES) {
            throw new CorruptLinesException(file, before + 1); // no line is so long
        }
        if (end == 0 && !text.isEmpty()) {
            channel.truncate(from);
        }
        return text.substring(0, end).lines().toList();
    }

    /** On the disk when this returns. */
    void append(String line, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            try {
                write(channel, at, ByteBuffer.wrap((line + "\n").getBytes(US_ASCII)));
            } catch (IOException e) {
                channel.truncate(at); // so that nobody takes it for kept
                throw e;
            }
        }
    }

    /** Puts another file in its place; after a crash it is the one or the other. */
    void replace(Collection<String> lines) throws IOException {
        removeUnfinished();
        byte[] generation = new byte[GENERATION_BYTES];
        random.nextBytes(generation);
        StringBuilder text = new StringBuilder(MAGIC)
                .append(HexFormat.of().formatHex(generation))
                .append('\n');
        lines.forEach(line -> text.append(line).append('\n'));
        Path fresh = directory.resolve(file.getFileName() + "." + Long.toHexString(random.nextLong()) + ".new");
        PrivateFiles.replace(file, fresh, text.toString());
    }

    /** What a process left that ended while it wrote; nobody else writes now, so that it is over. */
    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, file.getFileName() + ".*.new")) {
            for (Path unfinished : left) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    private static void write(FileChannel channel, long at, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, at + bytes.position());
        }
        channel.force(false);
    }

    /** Less only at the end of the file. */
    private static String text(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // until all of it is there
        }
        return new String(bytes.array(), 0, bytes.position(), US_ASCII);
    }
}
