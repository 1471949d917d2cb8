package io.coapgate.gateway.upstream;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The targets of one upstream, and the choice among them: of two taken by chance the one with less under way. That comes
 * close to the least loaded of all, but doesn't send everybody to it at the same moment. Thread-safe.
 */
final class Targets {
    private final Target[] all;
    private volatile boolean closed;

    Targets(Target... all) {
        this.all = all.clone();
    }

    Target choose() {
        return all.length == 1 ? all[0] : lessLoaded();
    }

    /** Another one than this; empty if there is none, or the owner has closed them. */
    Optional<Target> chooseOther(Target used) {
        if (all.length == 1 || closed) {
            return Optional.empty();
        }
        int start = ThreadLocalRandom.current().nextInt(all.length);
        Target other = all[start];
        return Optional.of(other == used ? all[(start + 1) % all.length] : other);
    }

    private Target lessLoaded() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int first = random.nextInt(all.length);
        int second = (first + 1 + random.nextInt(all.length - 1)) % all.length; // never the first
        return all[first].inFlight() <= all[second].inFlight() ? all[first] : all[second];
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
