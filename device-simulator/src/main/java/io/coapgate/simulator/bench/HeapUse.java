package io.coapgate.simulator.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What lives on another Java process's heap, as the JDK's {@code jcmd} finds it after a full garbage collection. */
final class HeapUse {
    private static final long TIMEOUT_SECONDS = 120;
    private static final String TOTAL = "Total";
    /** Twice, by lines: what the first collection only finalizes or enqueues goes with the second. */
    private static final String COMMANDS = "GC.class_histogram\nGC.class_histogram";

    private HeapUse() {}

    /**
     * In bytes, of live objects alone.
     *
     * @throws IOException if there is no jcmd, or it does not answer
     */
    static long of(long pid) throws IOException, InterruptedException {
        Path output = Files.createTempFile("jcmd", ".txt");
        try {
            return parse(run(pid, output));
        } finally {
            Files.delete(output);
        }
    }

    /** Into a file: a process that asks about itself can't read a pipe while its heap is walked, and a timeout must count. */
    private static String run(long pid, Path output) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), COMMANDS)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        if (!ended || process.exitValue() != 0) {
            throw new IOException("jcmd failed: " + said);
        }
        return said;
    }

    /** The sum that the last class histogram ends with: {@code Total}, instances, bytes. */
    static long parse(String histograms) throws IOException {
        String line = histograms
                .lines()
                .filter(candidate -> candidate.startsWith(TOTAL))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new IOException("no class histogram: " + histograms));
        String[] words = line.strip().split("\\s+", -1);
        return Long.parseLong(words[words.length - 1]);
    }
}
