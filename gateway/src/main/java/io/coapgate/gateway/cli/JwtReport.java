package io.coapgate.gateway.cli;

import io.coapgate.crypto.inspect.Printable;
import io.coapgate.crypto.jose.JwtInspection;
import io.coapgate.crypto.jose.JwtRefusal;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.gateway.cli.Report.Row;
import io.coapgate.gateway.cli.Report.Section;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Puts what a JWT holds into words, and judges it as a service that RFC 9068 binds would. */
final class JwtReport {
    private static final Set<String> TIMES = Set.of("exp", "nbf", "iat");

    private final JwtInspection jwt;
    private final TokenPolicy policy;
    private final List<Report.Finding> findings = new ArrayList<>();
    private final List<String> notJudged = new ArrayList<>();

    private JwtReport(JwtInspection jwt, TokenPolicy policy) {
        this.jwt = jwt;
        this.policy = policy;
    }

    static Report of(JwtInspection jwt, TokenPolicy policy) {
        return new JwtReport(jwt, policy).report();
    }

    private Report report() {
        jwt.trial()
                .refusals(policy.audience(), policy.cwt().leeway(), policy.now())
                .forEach(this::refuse);
        if (policy.audience().isEmpty()) {
            notJudged.add("the audience: give --audience");
        }
        String signature = signature();
        List<Section> sections = List.of(
                new Section("header", jwt.header().map(this::rows).orElse(List.of())),
                new Section("claims", jwt.claims().map(this::rows).orElse(List.of())),
                new Section(
                        "bytes",
                        List.of(
                                size("token", jwt.size()),
                                size("header", jwt.partSize(0)),
                                size("claims", jwt.partSize(1)),
                                size("signature", jwt.partSize(2)))));
        return new Report("JWT: JWS in compact serialization", findings, notJudged, "", signature, sections);
    }

    private String signature() {
        List<PublicKey> keys =
                policy.keys().stream().flatMap(key -> key.publicKey().stream()).toList();
        if (keys.isEmpty()) {
            notJudged.add("the signature: give a public key by --key");
            return "not verified";
        }
        try {
            Optional<JwtRefusal> refusal = Optional.empty();
            for (PublicKey key : keys) {
                refusal = jwt.signatureRefusal(key);
                if (refusal.isEmpty()) {
                    return "valid";
                }
            }
            refusal.ifPresent(this::refuse);
            return "invalid: " + refusal.map(JwtRefusal::message).orElseThrow();
        } catch (KeyFormatException e) {
            return "not verified: " + e.getMessage();
        }
    }

    private List<Row> rows(Map<String, Object> members) {
        List<Row> rows = new ArrayList<>();
        members.forEach((name, value) -> rows.add(row(name, value)));
        return rows;
    }

    private Row row(String name, Object value) {
        String shown = Printable.of(name);
        if (TIMES.contains(name) && value instanceof Number seconds) {
            return time(name, seconds);
        }
        if (name.equals("cnf")) {
            String thumbprint = jwt.confirmationThumbprint()
                    .map(print -> "thumbprint " + print)
                    .orElse("");
            return new Row(shown, json(value), thumbprint);
        }
        return new Row(shown, value instanceof String text ? Printable.of(text) : json(value));
    }

    private Row time(String name, Number seconds) {
        try {
            Instant instant = Instant.ofEpochSecond(seconds.longValue());
            boolean expired = name.equals("exp") && !instant.isAfter(policy.now());
            String relative = new TimeText(policy.now()).relative(instant);
            return new Row(name, instant.toString(), (expired ? "expired " : "") + relative);
        } catch (DateTimeException e) {
            return new Row(name, seconds.toString(), "not a time");
        }
    }

    private static String json(Object value) {
        return Printable.of(JsonMapper.shared().writeValueAsString(value));
    }

    private static Row size(String name, int bytes) {
        return new Row(name, String.valueOf(bytes));
    }

    private void refuse(JwtRefusal refusal) {
        String reason = refusal.reason().name();
        findings.add(new Report.Finding(reason.toLowerCase(Locale.ROOT), "", refusal.message()));
    }
}
