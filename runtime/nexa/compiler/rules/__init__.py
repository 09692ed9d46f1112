"""Every rule of the language, one file each, listed by hand in the order of the codes."""

from __future__ import annotations

from nexa.compiler.rule import Rule
from nexa.compiler.rules import (
    bare_model,
    bare_print,
    branch_subject,
    chained_comparison,
    colon_result,
    concurrent_assignment,
    constant_comparison,
    constant_condition,
    constant_contract,
    context_limit,
    contract_moment,
    contract_name,
    credential_in_source,
    data_cycle,
    dead_arm,
    dropped_results,
    duplicate_clause,
    duplicate_declaration,
    duplicate_part,
    duplicate_route,
    empty_construct,
    empty_contract,
    empty_fan_out,
    empty_hook,
    empty_input,
    empty_reflection,
    endless_autoloop,
    endless_loop,
    endless_recursion,
    fallback_cycle,
    fan_out_target,
    field_type,
    foreign_null,
    foreign_string,
    foreign_word,
    harness_coverage,
    hash_comment,
    impl_methods,
    impossible_pattern,
    include_cycle,
    independent_calls,
    invalid_regex,
    invalid_target,
    job_arguments,
    job_cycle,
    jump_outside,
    leaking_secret,
    line_break_in_string,
    long_unharnessed,
    malformed_number,
    maybe_unassigned,
    merge_needs_list,
    merge_strategy,
    misplaced_keyword,
    missing_annotation,
    missing_arms,
    missing_default,
    missing_description,
    missing_file,
    missing_include,
    missing_prompt,
    missing_return,
    missing_strategy,
    missing_terminator,
    mixed_operands,
    mixed_semicolons,
    no_entry_point,
    not_a_stage,
    not_in_library,
    not_iterable,
    not_supported,
    old_argument,
    open_interpolation,
    port_range,
    positional_after_named,
    property_separator,
    protocol_mismatch,
    python_syntax,
    quoted_bool,
    quoted_type,
    recursive_flow,
    recursive_type,
    repeated_branch,
    repeated_config,
    repeated_include,
    repeated_snapshot,
    repeated_stage,
    reserved_name,
    route_path,
    route_target,
    running_contract,
    secrets_syntax,
    shadowed_name,
    shared_port,
    short_condition,
    silent_correction,
    single_fan_out,
    single_fork,
    step_limit,
    stray_self,
    struct_fields,
    symbolic_logic,
    template_syntax,
    tool_cycle,
    two_outputs,
    type_arguments,
    unapproved_risk,
    unbound_error,
    unbounded_autoloop,
    unbounded_context,
    unbounded_judge,
    uncaught_try_agent,
    unclosed_delimiter,
    unconventional_name,
    undefined_name,
    unexpected_token,
    unexplained_unharnessed,
    unknown_config,
    unknown_decorator,
    unknown_error,
    unknown_escape,
    unknown_field,
    unknown_member,
    unknown_operator,
    unknown_parameter,
    unknown_property,
    unknown_secret,
    unknown_std_member,
    unknown_type,
    unknown_use,
    unknown_value,
    unknown_variant,
    unmatched_delimiter,
    unreachable_code,
    unsandboxed_risk,
    unsupported_scheme,
    unterminated_comment,
    unterminated_string,
    untyped_tool,
    unused_allowance,
    unused_declaration,
    unused_local,
    unverified_autoloop,
    useless_handling,
    value_of_fire_and_forget,
    waiting_cycle,
    wrong_arity,
    wrong_await,
    wrong_kind,
    wrong_message_target,
    wrong_operands,
    wrong_property,
    wrong_restore,
    wrong_result,
    wrong_type,
)

RULES: tuple[Rule, ...] = (
    unexpected_token.RULE,  # NX100
    missing_terminator.RULE,  # NX101
    unclosed_delimiter.RULE,  # NX102
    unmatched_delimiter.RULE,  # NX103
    unterminated_string.RULE,  # NX104
    unterminated_comment.RULE,  # NX105
    open_interpolation.RULE,  # NX106
    unknown_escape.RULE,  # NX107
    line_break_in_string.RULE,  # NX108
    reserved_name.RULE,  # NX109
    invalid_target.RULE,  # NX110
    chained_comparison.RULE,  # NX111
    foreign_string.RULE,  # NX112
    unknown_operator.RULE,  # NX113
    malformed_number.RULE,  # NX114
    invalid_regex.RULE,  # NX115
    python_syntax.RULE,  # NX116
    misplaced_keyword.RULE,  # NX117
    jump_outside.RULE,  # NX118
    template_syntax.RULE,  # NX119
    foreign_word.RULE,  # NX120
    positional_after_named.RULE,  # NX121
    duplicate_clause.RULE,  # NX122
    empty_construct.RULE,  # NX123
    undefined_name.RULE,  # NX201
    unknown_type.RULE,  # NX202
    duplicate_declaration.RULE,  # NX203
    unknown_use.RULE,  # NX204
    unknown_property.RULE,  # NX205
    unknown_decorator.RULE,  # NX206
    missing_include.RULE,  # NX207
    unused_local.RULE,  # NX208
    unused_declaration.RULE,  # NX209
    unreachable_code.RULE,  # NX210
    maybe_unassigned.RULE,  # NX211
    shadowed_name.RULE,  # NX212
    unknown_member.RULE,  # NX213
    unknown_std_member.RULE,  # NX214
    unknown_variant.RULE,  # NX215
    struct_fields.RULE,  # NX216
    duplicate_part.RULE,  # NX217
    stray_self.RULE,  # NX218
    not_in_library.RULE,  # NX219
    unknown_parameter.RULE,  # NX220
    impl_methods.RULE,  # NX221
    wrong_kind.RULE,  # NX222
    no_entry_point.RULE,  # NX223
    repeated_include.RULE,  # NX224
    wrong_type.RULE,  # NX301
    wrong_arity.RULE,  # NX302
    protocol_mismatch.RULE,  # NX303
    not_a_stage.RULE,  # NX304
    fan_out_target.RULE,  # NX305
    merge_needs_list.RULE,  # NX306
    mixed_operands.RULE,  # NX307
    constant_condition.RULE,  # NX308
    field_type.RULE,  # NX309
    unknown_field.RULE,  # NX312
    useless_handling.RULE,  # NX313
    missing_arms.RULE,  # NX314
    dead_arm.RULE,  # NX315
    wrong_result.RULE,  # NX316
    missing_return.RULE,  # NX317
    branch_subject.RULE,  # NX318
    wrong_operands.RULE,  # NX319
    type_arguments.RULE,  # NX320
    missing_annotation.RULE,  # NX321
    wrong_property.RULE,  # NX322
    two_outputs.RULE,  # NX323
    wrong_await.RULE,  # NX324
    wrong_message_target.RULE,  # NX325
    not_iterable.RULE,  # NX326
    impossible_pattern.RULE,  # NX327
    route_target.RULE,  # NX328
    job_arguments.RULE,  # NX329
    constant_comparison.RULE,  # NX330
    data_cycle.RULE,  # NX401
    repeated_stage.RULE,  # NX402
    include_cycle.RULE,  # NX403
    tool_cycle.RULE,  # NX404
    fallback_cycle.RULE,  # NX405
    recursive_flow.RULE,  # NX406
    endless_recursion.RULE,  # NX407
    job_cycle.RULE,  # NX408
    waiting_cycle.RULE,  # NX409
    empty_fan_out.RULE,  # NX410
    single_fan_out.RULE,  # NX411
    independent_calls.RULE,  # NX412
    value_of_fire_and_forget.RULE,  # NX413
    dropped_results.RULE,  # NX414
    repeated_branch.RULE,  # NX415
    recursive_type.RULE,  # NX416
    concurrent_assignment.RULE,  # NX418
    contract_name.RULE,  # NX501
    contract_moment.RULE,  # NX502
    running_contract.RULE,  # NX503
    constant_contract.RULE,  # NX504
    empty_contract.RULE,  # NX505
    unbounded_autoloop.RULE,  # NX510
    step_limit.RULE,  # NX511
    endless_autoloop.RULE,  # NX512
    uncaught_try_agent.RULE,  # NX513
    silent_correction.RULE,  # NX514
    missing_description.RULE,  # NX515
    unapproved_risk.RULE,  # NX516
    unsandboxed_risk.RULE,  # NX517
    untyped_tool.RULE,  # NX518
    unbounded_context.RULE,  # NX519
    context_limit.RULE,  # NX520
    missing_strategy.RULE,  # NX521
    wrong_restore.RULE,  # NX523
    single_fork.RULE,  # NX524
    merge_strategy.RULE,  # NX525
    empty_hook.RULE,  # NX526
    unbound_error.RULE,  # NX527
    empty_reflection.RULE,  # NX528
    short_condition.RULE,  # NX530
    unverified_autoloop.RULE,  # NX531
    unexplained_unharnessed.RULE,  # NX532
    long_unharnessed.RULE,  # NX533
    harness_coverage.RULE,  # NX534
    endless_loop.RULE,  # NX536
    unknown_error.RULE,  # NX537
    repeated_snapshot.RULE,  # NX539
    credential_in_source.RULE,  # NX601
    leaking_secret.RULE,  # NX602
    unknown_config.RULE,  # NX603
    unknown_secret.RULE,  # NX604
    bare_model.RULE,  # NX605
    secrets_syntax.RULE,  # NX606
    repeated_config.RULE,  # NX607
    unsupported_scheme.RULE,  # NX609
    unknown_value.RULE,  # NX610
    duplicate_route.RULE,  # NX611
    route_path.RULE,  # NX612
    port_range.RULE,  # NX613
    shared_port.RULE,  # NX614
    missing_file.RULE,  # NX616
    not_supported.RULE,  # NX690
    mixed_semicolons.RULE,  # NX901
    unconventional_name.RULE,  # NX902
    quoted_type.RULE,  # NX903
    bare_print.RULE,  # NX904
    symbolic_logic.RULE,  # NX905
    property_separator.RULE,  # NX906
    foreign_null.RULE,  # NX907
    quoted_bool.RULE,  # NX908
    hash_comment.RULE,  # NX909
    missing_prompt.RULE,  # NX910
    missing_default.RULE,  # NX911
    colon_result.RULE,  # NX912
    old_argument.RULE,  # NX915
    empty_input.RULE,  # NX916
    unbounded_judge.RULE,  # NX917
    unused_allowance.RULE,  # NX920
)
