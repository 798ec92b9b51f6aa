{# What joins cohorts to their curves: the same group, at its age or at the end of the curve. #}
{% macro match_curve(cohorts, age_days) -%}
    {{ cohorts }}.category_name = curves.category_name
    and {{ cohorts }}.channel_name = curves.channel_name
    and {{ cohorts }}.is_after_policy_change = curves.is_after_policy_change
    and least({{ age_days }}, 120) = curves.age_days
{%- endmacro %}
