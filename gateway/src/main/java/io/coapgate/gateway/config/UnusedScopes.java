package io.coapgate.gateway.config;

import io.coapgate.gateway.device.Scope;
import io.coapgate.gateway.device.ScopeSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Warns of scopes that no route asks for, since most of them are misspelt; of each once, however many devices have it. Not
 * thread-safe.
 */
final class UnusedScopes {
    private final @Nullable Set<String> used;
    private final Set<String> warned = new HashSet<>();

    /** @param used what the routes ask for; null if that is not known, then nothing is warned of */
    UnusedScopes(@Nullable ScopeSet used) {
        this.used = used == null ? null : texts(used);
    }

    private static Set<String> texts(ScopeSet scopes) {
        Set<String> texts = new HashSet<>();
        for (Scope scope : scopes) {
            texts.add(scope.token());
        }
        return texts;
    }

    /** @param device its section */
    void check(Section device) {
        if (used == null) {
            return;
        }
        for (String scope : device.texts("scopes")) {
            if (!used.contains(scope) && warned.add(scope)) {
                String advice = NearestName.advice(scope, used, "correct it, or take it away");
                device.warning("scopes", "no route asks for the scope " + scope, advice);
            }
        }
    }
}
