package io.coapgate.gateway.upstream;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many requests of one upstream may be sent to its targets twice: one for every five, so that retries never add more
 * than a fifth to the load of a service that is failing already. What is not used is saved, up to a bound, so that one
 * target's sudden end can be made good for all that it had under way. Thread-safe; a request only counts, without a lock.
 */
final class RetryBudget {
    private static final long REQUESTS_PER_RETRY = 5;

    private final LongAdder requests = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final long mostSaved;
    /** In requests; guarded by this. */
    private long saved;
    /** How many requests have gone into what is saved; guarded by this. */
    private long counted;

    /** @param mostSaved retries; there at the start */
    RetryBudget(int mostSaved) {
        this.mostSaved = mostSaved * REQUESTS_PER_RETRY;
        this.saved = this.mostSaved;
    }

    void countRequest() {
        requests.increment();
    }

    void countRetry() {
        retries.increment();
    }

    /** Whether one more is affordable; it is spent then. */
    synchronized boolean afford() {
        long sent = requests.sum();
        saved = Math.min(mostSaved, saved + sent - counted);
        counted = sent;
        if (saved < REQUESTS_PER_RETRY) {
            return false;
        }
        saved -= REQUESTS_PER_RETRY;
        return true;
    }

    /** All retries so far, those included that needed no means. */
    long retries() {
        return retries.sum();
    }
}
