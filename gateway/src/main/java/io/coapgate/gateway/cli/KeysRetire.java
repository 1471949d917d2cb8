package io.coapgate.gateway.cli;

import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.IssuerKeyStore;
import io.coapgate.gateway.keys.KeptKey;
import io.coapgate.gateway.keys.KeyRing;
import io.coapgate.gateway.keys.KeyRings;
import io.coapgate.gateway.keys.KeyRotation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a key out at once, as after somebody else may have got it: nothing that it made is good any more. */
@Command(
        name = "retire",
        description =
                "Takes a key out at once, as after somebody else may have got it: nothing that it made is good any"
                        + " more. Write -- before a KID that begins with a dash.",
        mixinStandardHelpOptions = true)
final class KeysRetire implements Callable<Integer> {
    private final StoreOpener opener;

    @Mixin
    private KeysOptions options = new KeysOptions();

    @Parameters(paramLabel = "KID", description = "the key, as keys list names it")
    private String keyId = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    KeysRetire(StoreOpener opener) {
        this.opener = opener;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        IssuerKeyStore store = opener.open(options.config(), err);
        List<String> cost = new ArrayList<>();
        store.update(before -> withdrawn(store, before, cost));
        if (cost.isEmpty()) {
            err.println("There is no key " + keyId + ": coapgate keys list shows all");
            return ExitCode.REFUSED;
        }
        cost.forEach(out::println);
        return ExitCode.OK;
    }

    private KeyRings withdrawn(IssuerKeyStore store, KeyRings before, List<String> cost) {
        for (KeyRotation rotation : store.rotations()) {
            KeyRing ring = before.of(rotation.use()).orElseThrow();
            if (ring.find(keyId).isPresent()) {
                KeyRing after = rotation.withdraw(ring, keyId, store.now());
                cost.addAll(cost(ring, ring.find(keyId).get(), after));
                return before.with(after);
            }
        }
        return before;
    }

    private static List<String> cost(KeyRing ring, KeptKey key, KeyRing after) {
        String gone = ring.use().label() + ": " + key.id() + " is gone";
        String verifiers = "Whoever keeps the key set believes it until they ask again, services for up to 5 minutes.";
        return switch (key.state()) {
            case NEXT -> List.of(gone + "; it has made no token yet, so that nobody loses one", verifiers);
            case RETIRED ->
                List.of(
                        gone + "; its last tokens, which would have been good until " + key.publishedUntil()
                                + " at most, are refused",
                        verifiers);
            case CURRENT ->
                List.of(
                        gone + ", and " + after.current().id() + " makes tokens now",
                        "All tokens that the old key made are refused: JWTs are made anew, devices have to get new CWTs.",
                        verifiers,
                        "The new key has been published since "
                                + after.current().times().published()
                                + "; who has not asked since then refuses its tokens until they do.");
        };
    }
}
