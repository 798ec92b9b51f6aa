{#
    A source's reason code as it is looked up: without case, spaces around it, and the `CR-` that
    Amazon writes before some of its codes in some of its reports.
#}
{% macro to_matching_reason_code(reason_system, code) -%}
    case
        when {{ to_matching_reason_system(reason_system) }} = 'amazon'
            and upper(trim({{ code }})) like 'CR-%'
            then substring(upper(trim({{ code }})), 4)
        else upper(trim({{ code }}))
    end
{%- endmacro %}

{# Whose code it is, without case and spaces around it. #}
{% macro to_matching_reason_system(reason_system) -%}
    lower(trim({{ reason_system }}))
{%- endmacro %}

{# What a reason is good for: coded, other, none, or unmapped. #}
{% macro to_reason_state(is_reason_mapped, reason_code) -%}
    case
        when not {{ is_reason_mapped }} then 'unmapped'
        when {{ reason_code }} = 'NONE' then 'none'
        when {{ reason_code }} = 'OTHER' then 'other'
        else 'coded'
    end
{%- endmacro %}

{# From here on a reason is more probable than not. #}
{% macro decided_probability() -%}
    0.5
{%- endmacro %}

{# From here on a reason may be meant: below, its probability only adds to counts. #}
{% macro doubted_probability() -%}
    0.3
{%- endmacro %}
