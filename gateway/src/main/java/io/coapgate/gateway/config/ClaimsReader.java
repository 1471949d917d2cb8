package io.coapgate.gateway.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Keeps a route's {@code claims} away from what the gateway itself says in a JWT. */
final class ClaimsReader {
    /** What the gateway sets (RFC 9068 §2.2, RFC 7800 §3.1), or what would claim an authentication that never was. */
    private static final Set<String> RESERVED = Set.of(
            "iss",
            "sub",
            "aud",
            "exp",
            "nbf",
            "iat",
            "jti",
            "client_id",
            "scope",
            "cnf",
            "tenant",
            "act",
            "may_act",
            "auth_time",
            "acr",
            "amr");

    private ClaimsReader() {}

    static void check(Section route) {
        Section claims = route.section("claims");
        Map<String, String> attributeOf = new HashMap<>();
        route.textByName("claims").forEach((attribute, claim) -> {
            if (RESERVED.contains(claim)) {
                claims.problem(attribute, claim + " is set by the gateway alone", "choose another claim name");
            }
            String other = attributeOf.putIfAbsent(claim, attribute);
            if (other != null) {
                claims.problem(attribute, "the attribute " + other + " fills this claim already", "choose another");
            }
        });
    }
}
