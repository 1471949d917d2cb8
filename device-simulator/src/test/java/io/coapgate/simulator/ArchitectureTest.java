package io.coapgate.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** The module's levels and fences. */
@AnalyzeClasses(packages = "io.coapgate.simulator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.coapgate.simulator";

    @ArchTest
    static final ArchRule levels = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("device")
            .definedBy(ROOT + ".device")
            .layer("upstream")
            .definedBy(ROOT + ".upstream")
            .layer("run")
            .definedBy(ROOT + ".run")
            .layer("launch")
            .definedBy(ROOT + ".launch")
            .layer("load")
            .definedBy(ROOT + ".load")
            .layer("scenario")
            .definedBy(ROOT + ".scenario")
            .layer("demo")
            .definedBy(ROOT + ".demo")
            .layer("bench")
            .definedBy(ROOT + ".bench")
            .layer("fault")
            .definedBy(ROOT + ".fault")
            .layer("report")
            .definedBy(ROOT + ".report")
            .layer("cost")
            .definedBy(ROOT + ".cost")
            .layer("cli")
            .definedBy(ROOT + ".cli")
            .whereLayer("device")
            .mayOnlyBeAccessedByLayers("launch", "load", "scenario", "demo", "bench", "cost", "cli")
            .whereLayer("upstream")
            .mayOnlyBeAccessedByLayers("launch", "demo", "bench", "cli")
            .whereLayer("run")
            .mayOnlyBeAccessedByLayers("load", "scenario", "report", "cli")
            .whereLayer("launch")
            .mayOnlyBeAccessedByLayers("load", "scenario", "demo", "bench", "cost", "cli")
            .whereLayer("load")
            .mayOnlyBeAccessedByLayers("scenario", "cli")
            .whereLayer("scenario")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("demo")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("bench")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("cost")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("report")
            .mayOnlyAccessLayers("run")
            .whereLayer("fault")
            .mayNotAccessAnyLayer()
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule the_gateway_is_known_from_outside_only =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.coapgate.gateway..");

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching(ROOT + ".(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule californium_stays_with_devices_and_benchmarks =
            fence("org.eclipse.californium..", ROOT + ".device", ROOT + ".bench");

    @ArchTest
    static final ArchRule vertx_stays_with_the_service = fence("io.vertx..", ROOT + ".upstream");

    @ArchTest
    static final ArchRule picocli_stays_with_the_command_line = fence("picocli..", ROOT + ".cli");

    @ArchTest
    static final ArchRule measuring_stays_with_load_its_record_and_benchmarks =
            fence("org.HdrHistogram..", ROOT + ".load", ROOT + ".run", ROOT + ".bench");

    @ArchTest
    static final ArchRule classes_are_final = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule logic_asks_a_clock_for_the_time = noClasses().should().callMethod(Instant.class, "now");

    private static ArchRule fence(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}
