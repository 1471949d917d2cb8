package io.coapgate.gateway.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;

/** The rows of {@code content-formats.tsv}, a part of this package: a fault in it is a fault of the build. */
final class RegistryFile {
    private static final String NAME = "content-formats.tsv";

    private RegistryFile() {}

    static List<RegisteredFormat> rows() {
        try (InputStream in = RegistryFile.class.getResourceAsStream(NAME)) {
            if (in == null) {
                throw new IllegalStateException(NAME + " is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(RegistryFile::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RegisteredFormat row(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length < 2 || cells.length > 3) {
            throw new IllegalStateException("not a row of " + NAME + ": " + line);
        }
        return new RegisteredFormat(
                Integer.parseInt(cells[0]), cells[1], cells.length == 3 ? cells[2] : RegisteredFormat.IDENTITY);
    }
}
