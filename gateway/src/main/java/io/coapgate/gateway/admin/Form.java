package io.coapgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coapgate.gateway.issuing.OAuthError;
import io.coapgate.gateway.issuing.OAuthRefusedException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request, RFC 6749 §3.2: each once, and those without a value are not there. */
record Form(Map<String, String> parameters) {
    private static final String TYPE = "application/x-www-form-urlencoded";

    Form {
        parameters = Map.copyOf(parameters);
    }

    static Form parse(String contentType, byte[] body) throws OAuthRefusedException {
        if (!contentType.split(";", 2)[0].strip().equalsIgnoreCase(TYPE)) {
            throw malformed("the body must be " + TYPE);
        }
        Map<String, String> parameters = new HashMap<>();
        for (String pair : new String(body, UTF_8).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String name = decode(parts[0]);
            String value = parts.length < 2 ? "" : decode(parts[1]);
            if (!value.isEmpty() && parameters.put(name, value) != null) {
                throw malformed("a parameter occurs twice");
            }
        }
        return new Form(parameters);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    static String decode(String text) throws OAuthRefusedException {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("not form-encoded");
        }
    }

    private static OAuthRefusedException malformed(String message) {
        return new OAuthRefusedException(OAuthError.INVALID_REQUEST, message);
    }
}
