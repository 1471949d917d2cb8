package io.coapgate.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coapgate.crypto.ace.DtlsKeyDerivation;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.launch.DevicesYaml;
import io.coapgate.simulator.launch.Enrolment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FleetMembersTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SecretBytes SEED = SecretBytes.copyOf(new byte[32]);

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @EnumSource(CredentialKind.class)
    void makesTheSameDevicesFromTheSameSeed(CredentialKind kind) throws Exception {
        assertThat(yaml(SEED, kind)).isEqualTo(yaml(SEED, kind));
    }

    @Test
    void makesOtherDevicesFromAnotherSeed() throws Exception {
        assertThat(yaml(SEED, CredentialKind.PSK))
                .isNotEqualTo(yaml(SecretBytes.random(32, RANDOM), CredentialKind.PSK));
    }

    @ParameterizedTest
    @EnumSource(CredentialKind.class)
    void givesNoTwoDevicesTheSameCredential(CredentialKind kind) throws Exception {
        List<Enrolment> enrolments = members(SEED, kind, 20).enrolments();
        assertThat(enrolments).extracting(Enrolment::id).doesNotHaveDuplicates();
        assertThat(enrolments).extracting(Enrolment::credential).doesNotHaveDuplicates();
    }

    @Test
    void needsToKnowTheGatewayWhereThePskDoesNotProveIt() throws Exception {
        assertThat(members(SEED, CredentialKind.PSK, 1).profiles(GatewayTrust.none()))
                .hasSize(1);
        for (CredentialKind kind : List.of(CredentialKind.RPK, CredentialKind.RPK_ED25519, CredentialKind.X509)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> members(SEED, kind, 1).profiles(GatewayTrust.none()));
        }
    }

    @ParameterizedTest
    @EnumSource(TokenMode.class)
    void givesTokensToThoseWhoShowThem(TokenMode mode) throws Exception {
        FleetPlan plan = new FleetPlan(SEED, 1, CredentialKind.PSK, mode, false);
        DeviceProfile device = new FleetMembers(plan, Clock.systemUTC(), RANDOM)
                .profiles(GatewayTrust.none())
                .get(0);
        assertThat(device.uploads()).isEqualTo(mode != TokenMode.SESSION && mode != TokenMode.IN_HANDSHAKE);
        assertThat(device.asksGateway()).isEqualTo(mode == TokenMode.VIA_TOKEN);
        assertThat(device.credential() instanceof Credential.AccessTokens).isEqualTo(mode == TokenMode.IN_HANDSHAKE);
        assertThat(device.connectionId()).isFalse();
    }

    @Test
    void deviceThatBringsTokensInItsHandshakesHasAnotherOneAndAnotherKeyEachTime() throws Exception {
        FleetPlan plan = new FleetPlan(SEED, 1, CredentialKind.PSK, TokenMode.IN_HANDSHAKE, true);
        FleetMembers members = new FleetMembers(plan, Clock.systemUTC(), RANDOM);
        Credential.AccessTokens access = (Credential.AccessTokens)
                members.profiles(GatewayTrust.none()).get(0).credential();
        Credential.AccessToken first = access.each().get();
        Credential.AccessToken second = access.each().get();
        assertThat(first.token()).isNotEqualTo(second.token());
        assertThat(first.key()).isNotEqualTo(second.key());
        assertThat(first.key()).isEqualTo(DtlsKeyDerivation.derive(members.derivationKey(), first.token()));
        FleetDirectory.write(directory.resolve("fleet"), members);
        assertThat(directory.resolve("fleet").resolve("as-derivation.key"))
                .content()
                .matches("hex:[0-9a-f]{32}");
    }

    @ParameterizedTest
    @EnumSource(
            value = CredentialKind.class,
            names = {"RPK", "RPK_ED25519", "X509"})
    void tokensComeInHandshakesOfPreSharedKeysOnly(CredentialKind kind) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FleetPlan(SEED, 1, kind, TokenMode.IN_HANDSHAKE, true))
                .withMessageContaining("write credential psk or ecdhe-psk");
    }

    @Test
    void comesBackFromDiskAsItWas() throws Exception {
        FleetMembers members = new FleetMembers(
                new FleetPlan(SEED, 3, CredentialKind.RPK_ED25519, TokenMode.AUTHZ_INFO, false),
                Clock.systemUTC(),
                RANDOM);
        Path registry = FleetDirectory.write(directory.resolve("fleet"), members);
        assertThat(registry).content().isEqualTo(DevicesYaml.of(members.enrolments()));
        assertThat(FleetDirectory.read(directory.resolve("fleet"))).isEqualTo(members.plan());
        try (var files = Files.list(directory.resolve("fleet"))) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void saysWhatAFileThatIsNoFleetIsNot() throws Exception {
        Files.writeString(directory.resolve("fleet.json"), "{\"devices\": 3}");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> FleetDirectory.read(directory))
                .withMessageContaining("fleet.json");
    }

    private static String yaml(SecretBytes seed, CredentialKind kind) throws Exception {
        return DevicesYaml.of(members(seed, kind, 2).enrolments());
    }

    private static FleetMembers members(SecretBytes seed, CredentialKind kind, int devices) throws Exception {
        return new FleetMembers(new FleetPlan(seed, devices, kind, TokenMode.SESSION, true), Clock.systemUTC(), RANDOM);
    }
}
