package io.coapgate.gateway.config;

import io.coapgate.gateway.issuing.IssuerKeyKind;
import io.coapgate.gateway.keys.KeyKind;
import io.coapgate.gateway.keys.KeyMaterial;
import io.coapgate.gateway.keys.KeyRing;
import io.coapgate.gateway.keys.KeyRings;
import io.coapgate.gateway.keys.KeyRotation;
import io.coapgate.gateway.keys.KeyUse;
import io.coapgate.gateway.token.JwtKeyKind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that a gateway makes for itself, in its state directory, each use with the rules of its rotation. The commands and
 * any number of gateways may work on one directory at once.
 */
public final class IssuerKeyStore {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeyStore.class);

    private final KeysFile file;
    private final EarlierKeys earlier;
    private final List<KeyRotation> rotations;
    private final Clock clock;
    /** Whether the state directory can be changed, as far as is known. */
    private volatile boolean writable = true;

    private IssuerKeyStore(Path directory, List<KeyKind> kinds, List<KeyRotation> rotations, Clock clock) {
        this.file = new KeysFile(directory, new KeysText(kinds), new SecureRandom());
        this.earlier = new EarlierKeys(directory);
        this.rotations = List.copyOf(rotations);
        this.clock = clock;
    }

    /** The keys that this configuration uses: none for JWTs if it names a key, none for CWTs without an authorization server. */
    public static IssuerKeyStore of(GatewayConfig config, Clock clock, SecureRandom random) {
        KeyKind jwt = new JwtKeyKind(config.jwt().algorithm(), random);
        KeyKind mac = IssuerKeyKind.forMacs(random);
        KeyKind signature = IssuerKeyKind.forSignatures(random);
        List<KeyRotation> rotations = new ArrayList<>();
        if (config.jwt().configuredKey().isEmpty()) {
            rotations.add(new KeyRotation(
                    jwt, config.rotation(), config.jwt().settings().lifetime()));
        }
        config.issuing().ifPresent(issuing -> {
            rotations.add(new KeyRotation(mac, config.rotation(), issuing.lifetime()));
            rotations.add(new KeyRotation(signature, config.rotation(), issuing.longestLifetime()));
        });
        return new IssuerKeyStore(config.stateDirectory(), List.of(jwt, mac, signature), rotations, clock);
    }

    /** For the uses of this configuration. */
    public List<KeyRotation> rotations() {
        return rotations;
    }

    public Path path() {
        return file.path();
    }

    /**
     * The keys, made or taken over if they are not there yet. A state directory that can only be read will do, as long as
     * all keys are in it; they don't rotate then.
     *
     * @throws ConfigException if keys can neither be read nor made
     */
    public KeyRings open() throws ConfigException {
        Map<KeyUse, KeyMaterial> found = earlierKeys();
        try {
            return file.update(rings -> complete(rings, found));
        } catch (IOException e) {
            KeyRings there = file.read().orElse(KeyRings.NONE);
            if (!rotations.stream().allMatch(one -> has(there, one) || found.containsKey(one.use()))) {
                throw StateDirectory.problem(
                        file.path(), "can't be written", "give the gateway's user a state directory that it may write");
            }
            LOG.warn("{} can't be written: no key will rotate", file.path(), e);
            writable = false;
            return complete(there, found);
        }
    }

    /**
     * The keys as they are, of uses that this configuration does not have too.
     *
     * @throws ConfigException if the file can't be used
     */
    public KeyRings read() throws ConfigException {
        return file.read().orElse(KeyRings.NONE);
    }

    /** Those rings that this configuration uses. */
    public List<KeyRing> inUse(KeyRings rings) {
        return rotations.stream().flatMap(one -> rings.of(one.use()).stream()).toList();
    }

    /** @throws ConfigException if keys of this configuration are missing */
    void requireAll(KeyRings rings) throws ConfigException {
        if (!rotations.stream().allMatch(one -> has(rings, one))) {
            throw StateDirectory.problem(file.path(), "has keys missing", "restore it from a copy, or start anew");
        }
    }

    /** Whether time asks for a change. Takes no time. */
    public boolean isDue(KeyRings rings) {
        Instant now = now();
        return writable
                && rotations.stream()
                        .anyMatch(one -> rings.of(one.use())
                                .filter(ring -> one.isDue(ring, now))
                                .isPresent());
    }

    /** Changes what time asks for. */
    public KeyRings advance() throws ConfigException, IOException {
        return update(rings -> eachRing(rings, KeyRotation::advance));
    }

    /**
     * Changes the rings of this configuration, which are made first if they are not there.
     *
     * @throws IOException if they can't be kept; they are as they were
     */
    public KeyRings update(UnaryOperator<KeyRings> change) throws ConfigException, IOException {
        Map<KeyUse, KeyMaterial> found = earlierKeys();
        KeyRings after = file.update(rings -> change.apply(complete(rings, found)));
        earlier.removeUnless(after, rotations.stream().map(KeyRotation::kind).toList());
        return after;
    }

    /** Whole seconds are enough, and make times that can be read. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private KeyRings complete(KeyRings rings, Map<KeyUse, KeyMaterial> found) {
        KeyRings complete = rings;
        for (KeyRotation one : rotations) {
            if (!has(complete, one)) {
                complete = complete.with(one.found(Optional.ofNullable(found.get(one.use())), now()));
            }
        }
        return complete;
    }

    private KeyRings eachRing(KeyRings rings, Step step) {
        KeyRings changed = rings;
        for (KeyRotation one : rotations) {
            KeyRing ring = changed.of(one.use()).orElseThrow();
            changed = changed.with(step.apply(one, ring, now()));
        }
        return changed;
    }

    private Map<KeyUse, KeyMaterial> earlierKeys() throws ConfigException {
        Map<KeyUse, KeyMaterial> found = new EnumMap<>(KeyUse.class);
        for (KeyRotation one : rotations) {
            earlier.find(one.kind()).ifPresent(key -> found.put(one.use(), key));
        }
        return found;
    }

    private static boolean has(KeyRings rings, KeyRotation rotation) {
        return rings.of(rotation.use()).isPresent();
    }

    private interface Step {
        KeyRing apply(KeyRotation rotation, KeyRing ring, Instant now);
    }
}
