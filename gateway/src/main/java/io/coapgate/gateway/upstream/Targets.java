package io.coapgate.gateway.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets of one upstream, and the choice among them: of two taken by chance the one with less under way. That comes
 * close to the least loaded of all, but doesn't send everybody to it at the same moment. Thread-safe.
 */
final class Targets {
    private static final Logger LOG = LoggerFactory.getLogger(Targets.class);

    private final UpstreamName upstream;
    private final Target[] all;
    private final LongAdder ejections = new LongAdder();
    private volatile boolean closed;

    Targets(UpstreamName upstream, Target... all) {
        this.upstream = upstream;
        this.all = all.clone();
    }

    List<Target> all() {
        return List.of(all);
    }

    /** If none is available, one of them all the same: it may be better than it looks, and refusing helps nobody. */
    Target choose() {
        if (all.length == 1) {
            return all[0];
        }
        Target one = available(null);
        Target other = available(one);
        if (one == null) {
            return all[ThreadLocalRandom.current().nextInt(all.length)];
        }
        return other == null || one.inFlight() <= other.inFlight() ? one : other;
    }

    /** Another one than this; empty if none is available, or the owner has closed them. */
    Optional<Target> chooseOther(Target used) {
        return closed ? Optional.empty() : Optional.ofNullable(available(used));
    }

    /** Any that is available, but not this one. */
    private @Nullable Target available(@Nullable Target except) {
        int start = ThreadLocalRandom.current().nextInt(all.length);
        for (int i = 0; i < all.length; i++) {
            Target candidate = all[(start + i) % all.length];
            if (candidate != except && candidate.isAvailable()) {
                return candidate;
            }
        }
        return null;
    }

    /** A target has failed once more. The last one that is available stays, however often it fails. */
    void failed(Target target) {
        if (target.ejection().failed() && all.length > 1) {
            eject(target);
        }
    }

    private synchronized void eject(Target target) {
        if (target.isAvailable() && available(target) != null) {
            Duration time = target.ejection().eject();
            ejections.increment();
            LOG.warn("upstream {}: {} fails, no requests to it for {} s", upstream, target, time.toSeconds());
        }
    }

    long ejections() {
        return ejections.sum();
    }

    boolean include(Origin origin) {
        for (Target target : all) {
            if (target.origin().equals(origin)) {
                return true;
            }
        }
        return false;
    }

    int inFlight() {
        int sum = 0;
        for (Target target : all) {
            sum += target.inFlight();
        }
        return sum;
    }

    void close() {
        closed = true;
        for (Target target : all) {
            target.close();
        }
    }
}
