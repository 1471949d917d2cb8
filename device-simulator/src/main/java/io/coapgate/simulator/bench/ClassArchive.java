package io.coapgate.simulator.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * Classes as a first run left them behind, for later ones to start from: an ahead-of-time cache where the JDK makes one in
 * a single step (JEP 514, JDK 25), else an archive for class data sharing (JEP 350). Immutable.
 */
final class ClassArchive {
    private static final int FIRST_WITH_CACHE = 25;

    private final Path file;
    private final boolean cache;

    ClassArchive(Path file, int javaFeature) {
        this.file = file;
        this.cache = javaFeature >= FIRST_WITH_CACHE;
    }

    /** For tables. */
    String title() {
        return cache ? "AOT cache" : "CDS archive";
    }

    /** Of the run that leaves it behind when it ends. */
    List<String> making() {
        return List.of((cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file);
    }

    /** Of the runs that start from it. */
    List<String> using() {
        return List.of((cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file);
    }
}
