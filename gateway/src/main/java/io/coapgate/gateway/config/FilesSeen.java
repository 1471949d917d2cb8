package io.coapgate.gateway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that one reading looked at, each in its state just before that: what changes meanwhile is a change. A file
 * that was not there counts, so that its coming is one too. Not thread-safe.
 */
final class FilesSeen {
    private final List<Path> files = new ArrayList<>();
    private final Map<Path, Optional<FileState>> states = new HashMap<>();
    private int next;

    void add(Path file) {
        if (!states.containsKey(file)) {
            states.put(file, FileState.of(file));
            files.add(file);
        }
    }

    /**
     * Whether the first file or one of the next few has changed. Each call looks at other ones, so that all have their
     * turn and a hundred thousand key files don't keep a disk busy.
     *
     * @param few how many of them to look at
     */
    boolean someChanged(int few) {
        boolean changed = !files.isEmpty() && hasChanged(files.get(0));
        for (int i = 0; i < Math.min(few, files.size()) && !changed; i++) {
            next = (next + 1) % files.size();
            changed = hasChanged(files.get(next));
        }
        return changed;
    }

    /** Every file that has changed, with its state now. */
    Map<Path, Optional<FileState>> changes() {
        Map<Path, Optional<FileState>> changes = new HashMap<>();
        files.forEach(file -> {
            Optional<FileState> now = FileState.of(file);
            if (!now.equals(states.get(file))) {
                changes.put(file, now);
            }
        });
        return changes;
    }

    private boolean hasChanged(Path file) {
        return !FileState.of(file).equals(states.get(file));
    }
}
