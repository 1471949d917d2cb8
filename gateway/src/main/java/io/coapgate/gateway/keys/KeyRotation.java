package io.coapgate.gateway.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules by which the keys for one use take turns: {@code next} is published before it makes tokens, {@code retired} stays
 * published until the last of its tokens has ended, so that no verifier meets a key that it can't find. It changes nothing:
 * each step answers the ring as it is to be. Immutable.
 */
public final class KeyRotation {
    /** By so much a time may lie ahead: the clocks of two gateways differ. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final KeyKind kind;
    private final RotationPolicy policy;
    private final Duration tokenLifetime;

    /** @param tokenLifetime of the longest token that a key makes */
    public KeyRotation(KeyKind kind, RotationPolicy policy, Duration tokenLifetime) {
        this.kind = kind;
        this.policy = policy;
        this.tokenLifetime = tokenLifetime;
    }

    public KeyKind kind() {
        return kind;
    }

    public KeyUse use() {
        return kind.use();
    }

    /**
     * The first ring.
     *
     * @param existing a key from before there were rings, which goes on; otherwise one is made
     */
    public KeyRing found(Optional<KeyMaterial> existing, Instant now) {
        KeptKey next = fresh(now);
        KeyMaterial first = existing.orElseGet(kind::make);
        KeyTimes times = KeyTimes.published(now).currentFrom(now);
        return new KeyRing(use(), List.of(new KeptKey(first, times, tokenLifetime), next));
    }

    /** Whether {@link #advance} would change anything. Takes no time. */
    public boolean isDue(KeyRing ring, Instant now) {
        return lacksNext(ring)
                || promotionIsDue(ring, now)
                || ring.current().longestToken().compareTo(tokenLifetime) < 0
                || ring.keys().stream().anyMatch(key -> liesAhead(key, now) || hasEnded(key, now));
    }

    /** What time asks for: a next key, the promotion of one, the end of retired ones. */
    public KeyRing advance(KeyRing ring, Instant now) {
        KeyRing tidy = tidy(ring, now);
        return promotionIsDue(tidy, now) ? promote(tidy, now) : tidy;
    }

    private KeyRing tidy(KeyRing ring, Instant now) {
        KeyRing tidy = ring.map(
                        key -> liesAhead(key, now) ? key.with(key.times().notAfter(now)) : key)
                .map(key -> key.state() == KeyState.CURRENT ? key.makingTokensOf(tokenLifetime) : key);
        for (KeptKey key : tidy.retired()) {
            tidy = hasEnded(key, now) ? tidy.without(key) : tidy;
        }
        return lacksNext(tidy) ? withFreshNext(tidy, now) : tidy;
    }

    /** The time from which the next key may be used without anyone having missed it; empty if there is none. */
    public Optional<Instant> promotableFrom(KeyRing ring) {
        return ring.next().map(next -> next.times().published().plus(policy.publishFirst()));
    }

    /** The next key becomes the current one, whose tokens stay good; and a new one is published. */
    public KeyRing promote(KeyRing ring, Instant now) {
        KeptKey next = ring.next().orElseGet(() -> fresh(now));
        KeptKey old = ring.current();
        KeyRing promoted =
                replaceCurrent(ring, next, now).with(old.with(old.times().retiredFrom(now)));
        return promoted.with(fresh(now));
    }

    /**
     * Takes a key out at once, for who holds it can make tokens: nothing that it made is good any more.
     *
     * @throws IllegalArgumentException if the ring has no such key
     */
    public KeyRing withdraw(KeyRing ring, String id, Instant now) {
        KeptKey key = ring.find(id).orElseThrow(() -> new IllegalArgumentException("no such key"));
        return switch (key.state()) {
            case RETIRED -> ring.without(key);
            case NEXT -> ring.without(key).with(fresh(now));
            case CURRENT ->
                replaceCurrent(ring, ring.next().orElseGet(() -> fresh(now)), now)
                        .with(fresh(now));
        };
    }

    private KeyRing replaceCurrent(KeyRing ring, KeptKey next, Instant now) {
        KeptKey promoted = next.with(next.times().currentFrom(now)).makingTokensOf(tokenLifetime);
        List<KeptKey> others = ring.retired();
        return new KeyRing(
                use(), Stream.concat(Stream.of(promoted), others.stream()).toList());
    }

    private KeyRing withFreshNext(KeyRing ring, Instant now) {
        return ring.next().map(ring::without).orElse(ring).with(fresh(now));
    }

    private KeptKey fresh(Instant now) {
        return new KeptKey(kind.make(), KeyTimes.published(now), Duration.ZERO);
    }

    /** A next key of another algorithm than is wanted by now is none. */
    private boolean lacksNext(KeyRing ring) {
        return ring.next().filter(this::isWanted).isEmpty();
    }

    private boolean isWanted(KeptKey key) {
        return key.material().algorithm().equals(kind.algorithm());
    }

    private boolean promotionIsDue(KeyRing ring, Instant now) {
        boolean mayBe = promotableFrom(ring).filter(time -> !now.isBefore(time)).isPresent();
        return mayBe && !lacksNext(ring) && (!isWanted(ring.current()) || isOld(ring.current(), now));
    }

    private boolean isOld(KeptKey current, Instant now) {
        return policy.rotateEvery()
                .filter(age -> !now.isBefore(current.times().since().plus(age)))
                .isPresent();
    }

    private static boolean hasEnded(KeptKey key, Instant now) {
        return key.state() == KeyState.RETIRED && !now.isBefore(key.publishedUntil());
    }

    /** The clock was wrong then, or is now. Taken as having begun just now, every wait starts anew and is long enough. */
    private static boolean liesAhead(KeptKey key, Instant now) {
        return !key.times().equals(key.times().notAfter(now.plus(CLOCK_SKEW)));
    }
}
