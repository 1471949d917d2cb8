package io.coapgate.gateway.config;

import io.coapgate.gateway.upstream.TlsMaterial;
import io.coapgate.gateway.upstream.TlsSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one upstream's {@code tls} section. A change is taken over when the files have been left alone between two
 * looks, and all of them or none: a certificate without its new key leaves everything as it was, and is logged with what
 * is wrong. Thread-safe.
 */
final class UpstreamTls implements TlsSource {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamTls.class);

    private final Path configuration;
    private final Section section;
    private volatile TlsMaterial current;
    /** Guarded by this. */
    private FilesSeen seen;
    /** What the last look found changed; guarded by this. */
    private Map<Path, Optional<FileState>> changing = Map.of();

    private UpstreamTls(Path configuration, Section section, TlsMaterial current, FilesSeen seen) {
        this.configuration = configuration;
        this.section = section;
        this.current = current;
        this.seen = seen;
    }

    /** Empty after reporting a problem. */
    static Optional<TlsSource> read(Path configuration, Section section) {
        FilesSeen seen = new FilesSeen();
        return UpstreamTlsReader.read(new NamedFiles(configuration, seen), section)
                .map(material -> new UpstreamTls(configuration, section, material, seen));
    }

    @Override
    public TlsMaterial current() {
        return current;
    }

    @Override
    public synchronized Optional<TlsMaterial> change() {
        Map<Path, Optional<FileState>> changes = seen.changes();
        boolean atRest = changes.equals(changing);
        changing = changes;
        return changes.isEmpty() || !atRest ? Optional.empty() : readAgain();
    }

    private Optional<TlsMaterial> readAgain() {
        seen = new FilesSeen();
        changing = Map.of();
        Problems problems = new Problems(configuration.toString());
        Optional<TlsMaterial> read =
                UpstreamTlsReader.read(new NamedFiles(configuration, seen), section.reportingTo(problems));
        if (read.isPresent()) {
            current = read.get();
            LOG.info("{}: the TLS files have changed; new connections follow them", section.name());
        } else {
            LOG.error("{}: the changed TLS files are not taken over; all stays as it was", section.name());
            problems.list().forEach(problem -> LOG.error("{}", problem));
        }
        return read;
    }
}
