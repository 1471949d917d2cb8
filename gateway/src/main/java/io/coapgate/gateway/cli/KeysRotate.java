package io.coapgate.gateway.cli;

import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.IssuerKeyStore;
import io.coapgate.gateway.keys.KeyRing;
import io.coapgate.gateway.keys.KeyRings;
import io.coapgate.gateway.keys.KeyRotation;
import io.coapgate.gateway.keys.KeyUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets the next keys take over; the tokens of those before stay good. */
@Command(
        name = "rotate",
        description =
                "Lets the next keys take over; the tokens of those before stay good. Exits 1, and changes nothing, if"
                        + " a next key has not been published long enough.",
        mixinStandardHelpOptions = true)
final class KeysRotate implements Callable<Integer> {
    private final StoreOpener opener;

    @Mixin
    private KeysOptions options = new KeysOptions();

    @Option(
            names = "--use",
            paramLabel = "USE",
            description = "only the keys for this use: jwt, cwt-mac or cwt-signature; default: all")
    private @Nullable KeyUse use;

    @Option(
            names = "--now",
            description = "even if a next key has not been published long enough: services that keep the key set refuse"
                    + " tokens until they ask for it again")
    private boolean now;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    KeysRotate(StoreOpener opener) {
        this.opener = opener;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        IssuerKeyStore store = opener.open(options.config(), err);
        List<KeyRotation> rotations = store.rotations().stream()
                .filter(one -> use == null || one.use() == use)
                .toList();
        if (rotations.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "The gateway makes no such keys with this configuration");
        }
        List<String> tooEarly = new ArrayList<>();
        KeyRings rings = store.update(before -> {
            rotations.forEach(one -> tooEarly.addAll(refusals(one, before, store.now())));
            return tooEarly.isEmpty() ? promoted(before, rotations, store.now()) : before;
        });
        if (!tooEarly.isEmpty()) {
            tooEarly.forEach(err::println);
            return ExitCode.REFUSED;
        }
        rotations.forEach(one -> out.println(told(rings.of(one.use()).orElseThrow())));
        return ExitCode.OK;
    }

    private List<String> refusals(KeyRotation rotation, KeyRings rings, Instant time) {
        return rotation
                .promotableFrom(rings.of(rotation.use()).orElseThrow())
                .filter(from -> !now && time.isBefore(from))
                .map(from -> rotation.use().label() + ": not yet: the next key is published long enough from " + from
                        + " on (" + new TimeText(time).relative(from) + "); with --now it takes over at once, and"
                        + " services that keep the key set refuse its tokens until they ask for it again")
                .stream()
                .toList();
    }

    private static KeyRings promoted(KeyRings before, List<KeyRotation> rotations, Instant time) {
        KeyRings after = before;
        for (KeyRotation one : rotations) {
            KeyRing ring = after.of(one.use()).orElseThrow();
            after = after.with(one.promote(ring, time));
        }
        return after;
    }

    private static String told(KeyRing ring) {
        return ring.use().label() + ": " + ring.current().id() + " makes tokens now; the key before stays published"
                + " until its last token has ended";
    }
}
