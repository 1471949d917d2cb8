package io.coapgate.gateway.config;

import io.coapgate.gateway.oauth.AnswerSettings;
import io.coapgate.gateway.oauth.AudienceParameter;
import io.coapgate.gateway.oauth.ClientSettings;
import io.coapgate.gateway.oauth.Grant;
import io.coapgate.gateway.oauth.MessageSettings;
import io.coapgate.gateway.oauth.OAuthSettings;
import io.coapgate.gateway.oauth.ServerSettings;
import io.coapgate.gateway.oauth.Template;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.TokenExchangeName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The {@code token-exchange} section. */
final class TokenExchangesReader {
    /** What the gateway says itself, or must not say: RFC 6749, 7521, 8693, 8707. */
    private static final Set<String> RESERVED = Set.of(
            "grant_type",
            "client_id",
            "client_secret",
            "client_assertion",
            "client_assertion_type",
            "assertion",
            "scope",
            "audience",
            "resource",
            "subject_token",
            "subject_token_type",
            "actor_token",
            "actor_token_type",
            "requested_token_type");

    private final OAuthServerReader servers;
    private final OAuthClientReader clients;

    TokenExchangesReader(Path file, NamedFiles files, SecretReader secrets) {
        this.servers = new OAuthServerReader(file);
        this.clients = new OAuthClientReader(files, secrets);
    }

    List<OAuthSettings> read(Section root) {
        List<OAuthSettings> settings = new ArrayList<>();
        Section exchanges = root.section("token-exchange");
        for (String name : exchanges.keys()) {
            if (name.equals(TokenExchangeName.LOCAL)) {
                exchanges.problem(name, "is what routes call the gateway's own signer", "choose another name");
            } else if (exchanges.isSound(name)) {
                read(name, exchanges.section(name)).ifPresent(settings::add);
            }
        }
        return settings;
    }

    private Optional<OAuthSettings> read(String name, Section section) {
        Grant grant = Grant.valueOf(constant(section.text("grant")));
        checkGrant(section, grant);
        Optional<ServerSettings> server = servers.read(section);
        Optional<ClientSettings> client = clients.read(section);
        Optional<MessageSettings> message = message(section);
        return section.isSound()
                ? Optional.of(new OAuthSettings(
                        new TokenExchangeName(name),
                        grant,
                        server.orElseThrow(),
                        client.orElseThrow(),
                        message.orElseThrow(),
                        answer(section)))
                : Optional.empty();
    }

    private static void checkGrant(Section section, Grant grant) {
        for (String key : List.of("subject-token-type", "actor-token")) {
            if (section.has(key) && grant != Grant.TOKEN_EXCHANGE) {
                section.problem(key, "goes with grant: token-exchange only", "take it out");
            }
        }
    }

    private static Optional<MessageSettings> message(Section section) {
        Optional<Template> scope = template(section, "scope", section.text("scope"));
        Section parameters = section.section("parameters");
        Map<String, Template> templates = new HashMap<>();
        section.textByName("parameters").forEach((name, text) -> {
            if (RESERVED.contains(name)) {
                parameters.problem(name, "is said by the gateway itself", "choose another parameter");
            }
            template(parameters, name, text).ifPresent(template -> templates.put(name, template));
        });
        return scope.map(text -> new MessageSettings(
                section.text("subject-token-type").equals("access_token"),
                section.flag("actor-token"),
                section.optionalText("assertion-audience"),
                AudienceParameter.valueOf(constant(section.text("audience-parameter"))),
                text,
                templates));
    }

    private static Optional<Template> template(Section section, String key, String text) {
        try {
            return Optional.of(new Template(text));
        } catch (IllegalArgumentException e) {
            section.problem(key, "has braces that nothing fills", "write {device}, {tenant}, {audience} or {scopes}");
            return Optional.empty();
        }
    }

    private static AnswerSettings answer(Section section) {
        Map<Audience, String> claims = new HashMap<>();
        section.textByName("audience-claims").forEach((audience, claim) -> claims.put(new Audience(audience), claim));
        return new AnswerSettings(claims, section.flag("accept-opaque"));
    }

    private static String constant(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
