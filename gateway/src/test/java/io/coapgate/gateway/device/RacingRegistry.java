package io.coapgate.gateway.device;

import io.coapgate.crypto.key.Thumbprint;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A registry in which something happens after each look-up has found its answer and before the caller gets it. */
final class RacingRegistry implements DeviceRegistry {
    private final DeviceRegistry registry;
    private final Supplier<CompletionStage<?>> meanwhile;

    /** @param meanwhile what happens; the caller gets the answer when it is over */
    RacingRegistry(DeviceRegistry registry, Supplier<CompletionStage<?>> meanwhile) {
        this.registry = registry;
        this.meanwhile = meanwhile;
    }

    @Override
    public CompletionStage<Optional<Enrolment>> findByPskIdentity(PskIdentity identity) {
        return late(registry.findByPskIdentity(identity));
    }

    @Override
    public CompletionStage<Optional<Enrolment>> findByPublicKey(Thumbprint subjectPublicKeyInfo) {
        return late(registry.findByPublicKey(subjectPublicKeyInfo));
    }

    @Override
    public CompletionStage<Optional<Enrolment>> findByCertificate(List<CertificateIdentity> identities) {
        return late(registry.findByCertificate(identities));
    }

    @Override
    public CompletionStage<Optional<Device>> findById(DeviceId id) {
        CompletionStage<Optional<Device>> found = registry.findById(id);
        return meanwhile.get().thenCompose(over -> found);
    }

    @Override
    public void onChange(Consumer<List<DeviceChange>> listener) {
        registry.onChange(listener);
    }

    private CompletionStage<Optional<Enrolment>> late(CompletionStage<Optional<Enrolment>> found) {
        return meanwhile.get().thenCompose(over -> found);
    }
}
